import { useState, type FormEvent } from 'react';
import { ApiError, type Environment, type Schemas } from '../../api/client';
import { ENVIRONMENTS, putVariable, useBot, variablesOf } from '../../bot/useBot';
import { randomId } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useAction, useLoaded } from '../../shared/useAsync';
import { RemoveVariable } from './RemoveVariable';

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Named values per environment; a secret is written and never shown. */
export function Variables() {
  const { bot, edit } = useBot();
  const { data, error, reload } = useLoaded(() => variablesOf(bot), `variables ${bot}`);
  const [name, setName] = useState('');
  const [secret, setSecret] = useState(false);
  const [going, setGoing] = useState<Schemas['Variable']>();
  const action = useAction();
  const declare = (event: FormEvent) => {
    event.preventDefault();
    action.run(async () => {
      await edit((d) => {
        if (d.variables?.[name]) throw new ApiError(0, 'taken', 'This name is taken.', `There is a variable ${name} already.`);
        return { ...d, variables: { ...d.variables, [name]: secret ? { secret: true } : {} } };
      });
      setName('');
      reload();
    });
  };
  return (
    <div className="stack">
      <p className="muted">Code finds them in <code>payload["env_variables"]</code>; addresses and headers as <code>[[NAME]]</code>. A run in the editor uses the staging values.</p>
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {data?.length === 0 && <p className="empty">No variables yet. Keep addresses, keys and passwords here, not in the code.</p>}
      {data && data.length > 0 && (
        <div className="wide-table stacked" tabIndex={0} role="region" aria-label="Variables">
          <table>
            <thead><tr><th scope="col">Name</th><th scope="col">Staging</th><th scope="col">Production</th><th scope="col"><span className="unseen">Remove</span></th></tr></thead>
            <tbody>
              {data.map((variable) => (
                <tr key={variable.name}>
                  <th scope="row"><code>{variable.name}</code>{variable.secret && <> <span className="tag">secret</span></>}{!variable.declared && <> <span className="badge draft">not declared</span></>}</th>
                  {ENVIRONMENTS.map((environment) => <td key={environment} data-label={environment === 'staging' ? 'Staging' : 'Production'}><ValueField bot={bot} variable={variable} environment={environment} onSaved={reload} /></td>)}
                  <td><button type="button" className="danger" aria-label={`Remove ${variable.name}`} onClick={() => setGoing(variable)}>Remove</button></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {action.error !== undefined && <Trouble error={action.error} />}
      <form className="row end" onSubmit={declare}>
        <label className="field">New variable<input value={name} placeholder="CRM_URL" onChange={(event) => setName(event.target.value)} aria-invalid={name !== '' && !NAME.test(name)} /></label>
        <label className="check"><input type="checkbox" checked={secret} onChange={(event) => setSecret(event.target.checked)} />Secret, for good</label>
        <button type="submit" disabled={!NAME.test(name) || action.busy}>Add</button>
      </form>
      {going && <RemoveVariable variable={going} onClose={() => setGoing(undefined)} onRemoved={reload} />}
    </div>
  );
}

function ValueField({ bot, variable, environment, onSaved }: { bot: string; variable: Schemas['Variable']; environment: Environment; onSaved: () => void }) {
  const saved = variable[environment] ?? '';
  const [typed, setTyped] = useState<string>();
  const action = useAction();
  const text = typed ?? saved;
  const save = () => action.run(async () => {
    await putVariable(bot, variable.name, { [environment]: text });
    setTyped(undefined);
    onSaved();
  });
  const placeholder = variable.secret && variable.set[environment] ? 'set; type to replace' : 'not set';
  return (
    <form className="row" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <input aria-label={`${variable.name} in ${environment}`} value={text} placeholder={placeholder} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      {typed !== undefined && typed !== saved && <button type="submit" disabled={action.busy}>Save</button>}
      {variable.secret && typed === undefined && <button type="button" className="quiet" aria-label={`Generate ${variable.name} in ${environment}`} onClick={() => setTyped(randomId(32))}>Generate</button>}
      {action.error !== undefined && <Trouble error={action.error} />}
    </form>
  );
}
