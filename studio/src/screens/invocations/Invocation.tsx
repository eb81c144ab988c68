import { get, type Schemas } from '../../api/client';
import { useBot } from '../../bot/useBot';
import { hrefOf } from '../../router';
import { bytes, short, time } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useLoaded } from '../../shared/useAsync';
import { Value } from '../../shared/Value';
import { Logs } from '../code/Logs';
import { Network } from '../code/Network';
import { Failure } from '../code/RunOutput';
import { useLookAgain } from './useLookAgain';
import { Waterfall } from './Waterfall';

const isRunning = (invocation: Schemas['Invocation']) => !invocation.outcome;

/** One invocation with all that is kept of it, and the way back to the list with its filters. */
export function Invocation({ id, query }: { id: string; query?: string }) {
  const { bot } = useBot();
  const loaded = useLoaded(async () => (await get('/api/v1/invocations/{id}', { path: { id } })).data!, id);
  const { data, error, reload } = loaded;
  useLookAgain(loaded, data !== undefined && isRunning(data));
  return (
    <main id="content" tabIndex={-1} className="page">
      <p><a href={hrefOf({ screen: 'invocations', bot, query })}>All invocations</a></p>
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {!data && error === undefined && <p role="status">Loading …</p>}
      {data && <Whole invocation={data} bot={bot} />}
    </main>
  );
}

function Whole({ invocation: i, bot }: { invocation: Schemas['Invocation']; bot: string }) {
  const { definition } = useBot();
  const running = isRunning(i);
  const facts: [string, string | undefined][] = [
    ['started', time(i.started_at)], ['from', i.origin === 'TEST' ? 'a run in the studio' : 'chat'], ['environment', i.environment],
    ['version', i.version ? short(i.version) : 'draft'], ['user', i.turn?.auth_id],
    ['memory', i.peak_memory_bytes === undefined ? undefined : bytes(i.peak_memory_bytes)], ['out / in', running ? undefined : `${bytes(i.bytes_out)} / ${bytes(i.bytes_in)}`],
  ];
  return (
    <>
      <div className="head">
        <h1>{i.node}</h1>
        <span className={`badge ${i.outcome ?? 'running'}`}>{i.outcome ?? 'running'}</span><span className="tag">{i.type === 'api' ? 'API' : 'code'}</span>
        {definition.nodes?.[i.node]?.integration && <a className="button" href={hrefOf({ screen: 'node', bot, node: i.node })}>Open the integration</a>}
      </div>
      <dl className="facts">{facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>
      {i.error && <Failure error={i.error} />}
      {running && <p role="status">Still running. Output, logs and times appear here when it has ended.</p>}
      {!running && <section className="panel" aria-labelledby="timing"><h2 id="timing">Where the time went</h2><Waterfall invocation={i} /></section>}
      <div className="side">
        <section className="panel" aria-labelledby="input"><h2 id="input">Input</h2>{i.input === undefined ? <p className="muted">Not kept.</p> : <Value value={i.input} label="Input" />}</section>
        <section className="panel" aria-labelledby="output"><h2 id="output">Output</h2>{i.output === undefined ? <p className="muted">{running ? 'None yet: it is still running.' : 'There was none.'}</p> : <Value value={i.output} label="Output" />}</section>
      </div>
      {!running && (
        <>
          <section className="panel" aria-labelledby="logs"><h2 id="logs">Logs</h2><Logs lines={i.logs} /></section>
          <section className="panel" aria-labelledby="network"><h2 id="network">Network</h2><Network attempts={i.egress} /></section>
        </>
      )}
    </>
  );
}
