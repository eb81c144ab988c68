import { useMemo } from 'react';
import { limitsForm, OF_BOT, OWN, type LimitValues } from './limitsForm';
import { SaveNotes } from './SaveNotes';
import { SaveRow } from './SaveRow';
import { useSettings } from './useSettings';

/** How long an integration may take, and how much memory code has. */
export function Limits({ node }: { node?: string }) {
  const settings = useSettings(useMemo(() => limitsForm(node), [node]));
  const { value, change } = settings;
  const field = (key: keyof LimitValues, label: string, placeholder: string, hint: string) => (
    <label className="field">{label}<input value={value[key]} placeholder={placeholder} onChange={(event) => change({ [key]: event.target.value })} /><small>{hint}</small></label>
  );
  return (
    <form className="stack">
      {node && field('own', OWN, 'as for the whole bot', 'such as 5s or 800ms; when it is over, the process is killed and the bot says its sorry')}
      <div className="row">
        {field('code_timeout', OF_BOT.code_timeout, '20s', 'for all custom code of this bot')}
        {field('api_timeout', OF_BOT.api_timeout, '30s', 'for all APIs of this bot')}
        {field('memory', OF_BOT.memory, '256MiB', 'the interpreter included')}
      </div>
      <SaveNotes settings={settings} />
      <SaveRow settings={settings} />
    </form>
  );
}
