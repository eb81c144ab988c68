import { SaveRow } from './SaveRow';
import { useSettings } from './useSettings';

/** Which addresses code and APIs of the bot may connect to. */
export function Egress() {
  const settings = useSettings<{ open: boolean; allow: string }>(
    'egress',
    (d) => ({ open: d.egress?.public !== false, allow: (d.egress?.allow ?? []).join('\n') }),
    (d, { open, allow }) => {
      const lines = allow.split('\n').map((line) => line.trim()).filter(Boolean);
      return { ...d, egress: { ...(lines.length ? { allow: lines } : {}), public: open } };
    },
  );
  const { value, change } = settings;
  return (
    <form className="stack">
      <label className="check"><input type="checkbox" checked={value.open} onChange={(event) => change({ ...value, open: event.target.checked })} />Open to every public address</label>
      <label className="field">Also allowed, one a line
        <textarea rows={5} spellCheck={false} value={value.allow} placeholder={'127.0.0.1:9000\n10.2.0.0/16:5432\n*.acme.example'} onChange={(event) => change({ ...value, allow: event.target.value })} />
        <small>Loopback and private addresses are closed unless they stand here and the operator permits them. Plain http is for these only.</small>
      </label>
      <SaveRow settings={settings} />
    </form>
  );
}
