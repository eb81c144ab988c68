import { useId } from 'react';
import { effectiveUrl, type ApiIntegration } from '../../bot/definition';
import { ENVIRONMENTS, useBot, variablesOf } from '../../bot/useBot';
import { useLoaded } from '../../shared/useAsync';
import type { ApiForm } from './form';
import { keptOf } from './says';
import { Secret } from './Secret';

/** @param saved the integration as it is on the server */
export function ApiFields({ value, saved, onChange: set }: { value: ApiForm; saved: ApiIntegration; onChange: (some: Partial<ApiForm>) => void }) {
  const { bot } = useBot();
  const id = useId();
  const variables = useLoaded(() => variablesOf(bot), `variables ${bot}`);
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
      <Secret value={value.secret} saved={saved.secret ?? ''} variables={variables} onChange={(secret) => set({ secret })} />
      <label className="field">Headers, one a line<textarea rows={2} spellCheck={false} value={value.headers} placeholder="Authorization: Bearer [[API_KEY]]" onChange={(event) => set({ headers: event.target.value })} aria-describedby={`${id}h`} /><small id={`${id}h`}>how your API knows the bot, beside the signature; <code>[[NAME]]</code> is the value of a variable, kept under Setup</small></label>
      <label className="field">Timeout<input value={value.timeout} placeholder="as for the whole bot" onChange={(event) => set({ timeout: event.target.value })} aria-describedby={`${id}t`} /><small id={`${id}t`}>such as 5s; after that the bot says its bot break</small></label>
      <Said label="Said before the API is called, one bubble a line" placeholder="One moment …" value={value.before} saved={saved.response_before} onChange={(before) => set({ before })} />
      <Said label="Said after its reply" value={value.after} saved={saved.response_after} onChange={(after) => set({ after })} />
    </>
  );
}

/** Plain bubbles to edit, and beneath them those that have more to them. */
function Said({ label, placeholder, value, saved, onChange }: { label: string; placeholder?: string; value: string; saved: unknown; onChange: (lines: string) => void }) {
  const { definition } = useBot();
  const kept = keptOf(saved, definition.language);
  return (
    <div className="stack">
      <label className="field">{label}<textarea rows={2} dir="auto" value={value} placeholder={kept.length ? undefined : placeholder} onChange={(event) => onChange(event.target.value)} /></label>
      {kept.length > 0 && (
        <div className="kept">
          <p className="hint">{kept.length === 1 ? '1 more bubble' : `${kept.length} more bubbles`}, kept as {kept.length === 1 ? 'it is' : 'they are'} and not changed here:</p>
          <ul>{kept.map(({ place, words, more }) => <li key={place}><span className="muted">{place}.</span> <span dir="auto">{words}</span> <span className="tag">{more}</span></li>)}</ul>
        </div>
      )}
    </div>
  );
}
