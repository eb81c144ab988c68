import { useId, useState } from 'react';
import { effectiveUrl } from '../../bot/definition';
import { putVariable, useBot, variablesOf } from '../../bot/useBot';
import { randomId } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useAction, useLoaded } from '../../shared/useAsync';
import type { ApiForm } from './form';

const ENVIRONMENTS = ['staging', 'production'] as const;

export function ApiFields({ value, onChange }: { value: ApiForm; onChange: (value: ApiForm) => void }) {
  const { bot } = useBot();
  const id = useId();
  const variables = useLoaded(() => variablesOf(bot), `variables ${bot}`);
  const set = (part: Partial<ApiForm>) => onChange({ ...value, ...part });
  const values = (environment: 'staging' | 'production') => Object.fromEntries(
    (variables.data ?? []).map((variable) => [variable.name, variable.secret ? undefined : variable[environment]]));
  const integration = value.override ? { url: value.url } : { path: value.path };
  return (
    <>
      <fieldset className="stack">
        <legend>Address</legend>
        {!value.override && (
          <>
            {ENVIRONMENTS.map((environment) => (
              <label key={environment} className="field">Base URL, {environment}
                <input value={value[environment]} placeholder={`https://${environment === 'staging' ? 'staging.' : ''}api.acme.example`} inputMode="url" spellCheck={false} onChange={(event) => set({ [environment]: event.target.value })} />
              </label>
            ))}
            <p className="hint">The base URLs are the bot’s: all its API integrations share them.</p>
            <label className="field">Path<input value={value.path} placeholder="/otp/verify" spellCheck={false} onChange={(event) => set({ path: event.target.value })} /></label>
          </>
        )}
        <label className="check"><input type="checkbox" checked={value.override} onChange={(event) => set({ override: event.target.checked })} />Use another address than the bot’s base URL</label>
        {value.override && <label className="field">URL<input value={value.url} placeholder="https://other.example/answer" inputMode="url" spellCheck={false} onChange={(event) => set({ url: event.target.value })} /></label>}
        <dl className="facts effective">
          {ENVIRONMENTS.map((environment) => (
            <div key={environment}><dt>POST in {environment}</dt><dd><code>{effectiveUrl({ base_url: value }, integration, environment, values(environment)) || 'no base URL yet'}</code></dd></div>
          ))}
        </dl>
      </fieldset>
      <Secret value={value.secret} names={(variables.data ?? []).filter((variable) => variable.secret).map((variable) => variable.name)} onChange={(secret) => { set({ secret }); variables.reload(); }} />
      <label className="field">Headers, one a line<textarea rows={2} spellCheck={false} value={value.headers} placeholder="Authorization: Bearer [[API_KEY]]" onChange={(event) => set({ headers: event.target.value })} aria-describedby={`${id}h`} /><small id={`${id}h`}>how your API knows the bot, beside the signature; <code>[[NAME]]</code> is the value of a variable, kept under Setup</small></label>
      <label className="field">Timeout<input value={value.timeout} placeholder="as for the whole bot" onChange={(event) => set({ timeout: event.target.value })} aria-describedby={`${id}t`} /><small id={`${id}t`}>such as 5s; after that the bot says its bot break</small></label>
      <label className="field">Said before the API is called, one bubble a line<textarea rows={2} dir="auto" value={value.before} placeholder="One moment …" onChange={(event) => set({ before: event.target.value })} /></label>
      <label className="field">Said after its reply<textarea rows={2} dir="auto" value={value.after} onChange={(event) => set({ after: event.target.value })} /></label>
    </>
  );
}

/** The secret that signs each request; a new one is shown once, to be put into the API. */
function Secret({ value, names, onChange }: { value: string; names: string[]; onChange: (secret: string) => void }) {
  const { bot, edit } = useBot();
  const [shown, setShown] = useState('');
  const action = useAction();
  const generate = () => action.run(async () => {
    const name = value || 'API_SECRET';
    const fresh = randomId(32);
    await edit((d) => d.variables?.[name], (d) => ({ ...d, variables: { ...d.variables, [name]: { secret: true } } }));
    await putVariable(bot, name, { staging: fresh, production: fresh, secret: true });
    setShown(fresh);
    onChange(name);
  });
  return (
    <fieldset className="stack">
      <legend>Signature</legend>
      <div className="row end">
        <label className="field">Secret
          <select value={value} onChange={(event) => onChange(event.target.value)}>
            <option value="">none: requests are not signed</option>
            {[...new Set([...names, ...(value ? [value] : [])])].map((name) => <option key={name}>{name}</option>)}
          </select>
        </label>
        <button type="button" disabled={action.busy} onClick={generate}>{value ? 'Generate a new value' : 'Generate a secret'}</button>
      </div>
      {shown && <div className="note good" role="status"><p>Put this into your API now; it is not shown again. Save to sign with it.</p><code className="secret">{shown}</code></div>}
      {action.error !== undefined && <Trouble error={action.error} />}
      <p className="hint">Signed requests carry <code>X-Hub-Signature</code>: check it before you believe a request.</p>
    </fieldset>
  );
}
