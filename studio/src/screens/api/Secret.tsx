import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { putVariable, useBot } from '../../bot/useBot';
import { randomId } from '../../shared/format';
import { Copy } from '../../shared/Copy';
import { Trouble } from '../../shared/Trouble';
import { useAction, type Loaded } from '../../shared/useAsync';
import { environmentsOf, freeName, fromWhen, type Where } from './newSecret';
import { NewSecretValue } from './NewSecretValue';

interface Shown {
  name: string;
  value: string;
  where: Where;
}

/**
 * The secret that signs each request; a new value is shown once, to be put into the API.
 *
 * @param saved which one the node on the server signs with
 */
export function Secret({ value, saved, variables, onChange }: { value: string; saved: string; variables: Loaded<Schemas['Variable'][]>; onChange: (secret: string) => void }) {
  const { bot, edit } = useBot();
  const [shown, setShown] = useState<Shown>();
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const all = variables.data ?? [];
  const secrets = all.filter((variable) => variable.secret).map((variable) => variable.name);
  const generate = (name: string, where: Where) => action.run(async () => {
    const fresh = randomId(32);
    await edit((d) => ({ ...d, variables: { ...d.variables, [name]: { ...d.variables?.[name], secret: true } } }));
    await putVariable(bot, name, { ...Object.fromEntries(environmentsOf(where).map((environment) => [environment, fresh])), secret: true });
    setAsking(false);
    setShown({ name, value: fresh, where });
    onChange(name);
    variables.reload();
  });
  const begin = () => {
    action.clear();
    if (value) setAsking(true);
    else generate(freeName(all.map((variable) => variable.name)), 'both');
  };
  return (
    <fieldset className="stack">
      <legend>Signature</legend>
      <div className="row end">
        <label className="field">Secret
          <select value={value} onChange={(event) => onChange(event.target.value)}>
            <option value="">none: requests are not signed</option>
            {[...new Set([...secrets, ...(value ? [value] : [])])].map((name) => <option key={name}>{name}</option>)}
          </select>
        </label>
        <button type="button" disabled={action.busy || !variables.data} onClick={begin}>{value ? 'Generate a new value' : 'Generate a secret'}</button>
      </div>
      {variables.error !== undefined && <Trouble error={variables.error} onRetry={variables.reload} />}
      {shown && (
        <div className="note good" role="status">
          <p>The new value of {shown.name}: put it into your API, it is not shown again. {fromWhen(shown.where, shown.name, saved === shown.name)}</p>
          <p className="row"><code className="secret">{shown.value}</code> <Copy text={shown.value} /></p>
        </div>
      )}
      {action.error !== undefined && !asking && <Trouble error={action.error} />}
      <p className="hint">Signed requests carry <code>X-Hub-Signature</code>: check it before you believe a request.</p>
      {asking && (
        <NewSecretValue name={value} variable={all.find((one) => one.name === value)} busy={action.busy} error={action.error}
          onClose={() => setAsking(false)} onChoose={(where) => generate(value, where)} />
      )}
    </fieldset>
  );
}
