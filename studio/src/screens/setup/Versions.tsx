import { useState } from 'react';
import { get } from '../../api/client';
import type { Definition } from '../../bot/definition';
import { ENVIRONMENTS, deploy, liveIn, readBot, settingsOf, useBot } from '../../bot/useBot';
import { Diff } from '../../editor';
import { pretty, short, time } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useAction, useLoaded } from '../../shared/useAsync';

/** Versions with their differences from the draft, and the way back to one. */
export function Versions({ node, onRestore }: { node?: string; onRestore?: (code: string) => void }) {
  const { bot, revision } = useBot();
  const versions = useLoaded(async () => (await get('/api/v1/bots/{bot}/versions', { path: { bot }, query: { limit: 50 } })).data!.versions, `versions ${bot} ${revision}`);
  const live = useLoaded(async () => Promise.all(ENVIRONMENTS.map((environment) => liveIn(bot, environment))), `live ${bot} ${revision}`);
  const liveOf = (version: string) => (live.data ?? []).flatMap((one) => (one?.version === version ? `, live in ${one.environment}` : [])).join('');
  const [chosen, setChosen] = useState<string>();
  const action = useAction();
  const list = versions.data ?? [];
  const at = chosen ?? list[0]?.version;
  const back = (environment: 'staging' | 'production') => action.run(async () => {
    if (at === undefined) return;
    await deploy(bot, at, environment);
    live.reload();
  });
  if (versions.error !== undefined) return <Trouble error={versions.error} onRetry={versions.reload} />;
  if (!versions.data) return <p role="status">Loading …</p>;
  if (at === undefined) return <p className="empty">No version yet. Training the bot makes one; it never changes, so that you can always go back.</p>;
  return (
    <div className="stack">
      <div className="row end">
        <label className="field">Compare the draft with
          <select value={at} onChange={(event) => setChosen(event.target.value)}>
            {list.map((version) => (
              <option key={version.version} value={version.version}>
                {short(version.version)} of {time(version.created_at)}{liveOf(version.version)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={action.busy} onClick={() => back('staging')}>Make it live in staging</button>
        <button type="button" disabled={action.busy} onClick={() => back('production')}>Make it live in production</button>
      </div>
      {action.error !== undefined && <Trouble error={action.error} />}
      <Comparison key={at} version={at} node={node} onRestore={onRestore} />
    </div>
  );
}

function Comparison({ version, node, onRestore }: { version: string; node?: string; onRestore?: (code: string) => void }) {
  const { bot, revision } = useBot();
  const { data, error, reload } = useLoaded(async () => {
    const [old, now] = await Promise.all([get('/api/v1/bots/{bot}/versions/{version}', { path: { bot, version } }), readBot(bot)]);
    return { old: old.data!.definition as unknown as Definition, now: now.definition };
  }, `${bot} ${version} ${revision}`);
  const [file, setFile] = useState(node ? `code/${node}` : 'bot');
  if (error !== undefined) return <Trouble error={error} onRetry={reload} />;
  if (!data) return <p role="status">Loading …</p>;
  const files = ['bot', ...new Set([...Object.keys(data.old.code ?? {}), ...Object.keys(data.now.code ?? {})].map((name) => `code/${name}`))];
  const textIn = (definition: Definition, which: string) => (which === 'bot' ? pretty(settingsOf(definition)) : definition.code?.[which.slice(5)] ?? '');
  const changed = files.filter((one) => textIn(data.old, one) !== textIn(data.now, one));
  const before = textIn(data.old, file);
  const after = textIn(data.now, file);
  return (
    <>
      <div className="row end">
        <label className="field">File
          <select value={file} onChange={(event) => setFile(event.target.value)}>
            {files.map((one) => <option key={one} value={one}>{one === 'bot' ? 'bot' : `${one}.py`}{changed.includes(one) ? ' (differs)' : ''}</option>)}
          </select>
        </label>
        {onRestore && file === `code/${node}` && before !== after && <button type="button" onClick={() => onRestore(before)}>Put this code back</button>}
      </div>
      {before === after
        ? <p className="note">The draft has the same here.</p>
        : <Diff before={before} after={after} language={file === 'bot' ? 'json' : 'python'} label={`Differences of ${file} between version ${short(version)} and the draft`} />}
    </>
  );
}
