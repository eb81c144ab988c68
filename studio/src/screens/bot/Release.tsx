import { useState } from 'react';
import type { Environment, Schemas } from '../../api/client';
import { deploy, ENVIRONMENTS, liveIn, train, useBot } from '../../bot/useBot';
import { placeInWords } from '../../bot/words';
import { hrefOf } from '../../router';
import { short, time } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useAction, useLoaded } from '../../shared/useAsync';

/**
 * Makes a version of the draft and takes it to an environment.
 *
 * @param only the one environment that is offered
 * @param onLive what comes then, instead of a link to the chat
 */
export function Release({ only, onLive }: { only?: Environment; onLive?: () => void }) {
  const { bot, revision } = useBot();
  const { data, error, reload } = useLoaded(
    async () => (await Promise.all(ENVIRONMENTS.map((environment) => liveIn(bot, environment)))).filter((one) => one !== undefined), `${bot} ${revision}`);
  const [trained, setTrained] = useState<Schemas['Trained']>();
  const [done, setDone] = useState('');
  const action = useAction();
  const release = (environment: Environment) => action.run(async () => {
    setDone('');
    const result = await train(bot);
    setTrained(result);
    if (!result.version) return;
    await deploy(bot, result.version, environment);
    setDone(`Version ${short(result.version)} is live in ${environment}.`);
    reload();
    onLive?.();
  });
  const live = (environment: Environment) => data?.find((deployment) => deployment.environment === environment);
  const environments = only ? [only] : ENVIRONMENTS;
  return (
    <section className="panel" aria-labelledby="release">
      <h2 id="release">Go live</h2>
      <p className="muted">Trains the draft into a version, which never changes, and makes it live. Users notice with their next message.</p>
      <ul className="nodes">
        {environments.map((environment) => {
          const now = live(environment);
          return (
            <li key={environment} className="row">
              <strong>{environment}</strong>
              <span className="muted grow">{now ? <>{short(now.version)}, since {time(now.at)} by {now.by}</> : 'nothing live yet'}</span>
              <button type="button" disabled={action.busy} onClick={() => release(environment)}>Train and deploy to {environment}</button>
            </li>
          );
        })}
      </ul>
      <div role="status" className="stack">
        {action.busy && <p>Working …</p>}
        {done && <p className="note good">{done} {!onLive && <a href={hrefOf({ screen: 'chat', bot })}>Chat with it</a>}</p>}
      </div>
      {trained && <Problems title="This prevents a version" list={trained.problems} bad />}
      {trained && <Problems title="Worth a look" list={trained.warnings} />}
      {action.error !== undefined && <Trouble error={action.error} />}
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
    </section>
  );
}

/** Each leads to its node, where there is one. */
function Problems({ title, list, bad = false }: { title: string; list: Schemas['ContentProblem'][]; bad?: boolean }) {
  const { bot, definition } = useBot();
  if (!list.length) return null;
  return (
    <div className={bad ? 'trouble' : 'note odd'}>
      <p><strong>{title}</strong></p>
      <ul>
        {list.map((problem, index) => {
          const node = /^(?:nodes|code|samples)\.([A-Z0-9_]+)/.exec(problem.pointer)?.[1];
          const leads = node !== undefined && definition.nodes?.[node];
          const place = <span title={problem.pointer}>{placeInWords(problem.pointer, definition)}</span>;
          return <li key={index}>{leads ? <a href={hrefOf({ screen: 'bot', bot, node })}>{place}</a> : <strong>{place}</strong>} {problem.message}</li>;
        })}
      </ul>
    </div>
  );
}
