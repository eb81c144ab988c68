import type { Definition } from '../../bot/definition';
import { SaveNotes } from './SaveNotes';
import { SaveRow } from './SaveRow';
import { useSettings, type Form } from './useSettings';

interface Values {
  open: boolean;
  /** A line each. */
  allow: string;
}

const valuesOf = (d: Definition): Values => ({ open: d.egress?.public !== false, allow: (d.egress?.allow ?? []).join('\n') });

const FORM: Form<Values> = {
  name: 'egress',
  fields: [
    { label: 'Open to every public address', keys: ['open'] },
    { label: 'Also allowed', keys: ['allow'] },
  ],
  part: valuesOf,
  change: (d, { open, allow }) => {
    const lines = allow.split('\n').map((line) => line.trim()).filter(Boolean);
    return { ...d, egress: { ...d.egress, allow: lines.length ? lines : undefined, public: open } };
  },
};

/** Which addresses code and APIs of the bot may connect to. */
export function Egress() {
  const settings = useSettings(FORM);
  const { value, change } = settings;
  return (
    <form className="stack">
      <label className="check"><input type="checkbox" checked={value.open} onChange={(event) => change({ open: event.target.checked })} />Open to every public address</label>
      <label className="field">Also allowed, one a line
        <textarea rows={5} spellCheck={false} value={value.allow} placeholder={'127.0.0.1:9000\n10.2.0.0/16:5432\n*.acme.example'} onChange={(event) => change({ allow: event.target.value })} />
        <small>Loopback and private addresses are closed unless they stand here and the operator permits them. Plain http is for these only.</small>
      </label>
      <SaveNotes settings={settings} />
      <SaveRow settings={settings} />
    </form>
  );
}
