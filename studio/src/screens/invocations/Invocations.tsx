import { useEffect, useState } from 'react';
import { get, type Schemas } from '../../api/client';
import { useBot } from '../../bot/useBot';
import { go, hrefOf } from '../../router';
import { millis, short, time } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useLoaded } from '../../shared/useAsync';
import { Invocation } from './Invocation';

type Row = Schemas['InvocationRow'];
interface Filters { node?: string; outcome?: Schemas['Outcome']; origin?: Schemas['Origin']; environment?: Schemas['Environment']; reason?: Schemas['FailureReason'] }

const PAGE = 50;
const LOOK_AGAIN_MILLIS = 2000;

/** What integrations did, newest first, as it happens; and one of them whole. */
export function Invocations({ id }: { id?: string }) {
  const { bot, definition } = useBot();
  const [filters, setFilters] = useState<Filters>({});
  const [live, setLive] = useState(true);
  const [older, setOlder] = useState<{ rows: Row[]; cursor: string | null }>();
  const key = `${bot} ${JSON.stringify(filters)}`;
  const { data, error, reload } = useLoaded(async () =>
    (await get('/api/v1/bots/{bot}/invocations', { path: { bot }, query: { ...filters, limit: PAGE } })).data!, key);
  useEffect(() => setOlder(undefined), [key]);
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), LOOK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [live, reload]);
  const more = async () => {
    const cursor = older ? older.cursor : data?.next_cursor;
    const page = (await get('/api/v1/bots/{bot}/invocations', { path: { bot }, query: { ...filters, limit: PAGE, cursor: cursor ?? undefined } })).data!;
    setOlder({ rows: [...(older?.rows ?? []), ...page.invocations], cursor: page.next_cursor });
  };
  if (id) return <Invocation key={id} id={id} />;
  const seen = new Set(data?.invocations.map((row) => row.invocation_id));
  const rows = [...(data?.invocations ?? []), ...(older?.rows ?? []).filter((row) => !seen.has(row.invocation_id))];
  const next = older ? older.cursor : data?.next_cursor;
  const pick = <K extends keyof Filters>(name: K, label: string, options: string[]) => (
    <label className="field">{label}
      <select value={filters[name] ?? ''} onChange={(event) => setFilters({ ...filters, [name]: (event.target.value || undefined) as Filters[K] })}>
        <option value="">all</option>{options.map((option) => <option key={option} value={option}>{option.toLowerCase().replace(/_/g, ' ')}</option>)}
      </select></label>
  );
  const nodes = Object.entries(definition.nodes ?? {}).filter(([, node]) => node.integration).map(([name]) => name);
  return (
    <main id="content" tabIndex={-1} className="page">
      <div className="head"><h1>Invocations</h1><label className="check"><input type="checkbox" checked={live} onChange={(event) => setLive(event.target.checked)} />Live</label></div>
      <div className="row filters">
        {pick('node', 'Node', nodes)}
        {pick('outcome', 'Outcome', ['succeeded', 'failed', 'interrupted'])}
        {pick('environment', 'Environment', ['staging', 'production'])}
        {pick('origin', 'From', ['CHAT', 'TEST'])}
      </div>
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {!data && error === undefined && <p role="status">Loading …</p>}
      {data && !rows.length && <p className="panel empty">None yet{Object.values(filters).some(Boolean) ? ' with these filters' : '. Run code in the editor, or chat with the bot'}.</p>}
      {rows.length > 0 && (
        <div className="wide-table stacked" tabIndex={0} role="region" aria-label="Invocations">
          <table>
            <thead><tr><th scope="col">Node</th><th scope="col">Outcome</th><th scope="col">From</th><th scope="col" className="number">Took</th><th scope="col">Version</th><th scope="col">At</th></tr></thead>
            <tbody>{rows.map((row) => <Line key={row.invocation_id} row={row} bot={bot} />)}</tbody>
          </table>
        </div>
      )}
      {next && <p><button type="button" onClick={() => void more()}>Show more</button></p>}
    </main>
  );
}

function Line({ row, bot }: { row: Row; bot: string }) {
  const place = { screen: 'invocations', bot, id: row.invocation_id } as const;
  return (
    <tr className="clickable" onClick={() => go(place)}>
      <td><a href={hrefOf(place)}>{row.node}</a> <span className="tag">{row.type === 'api' ? 'API' : 'code'}</span></td>
      <td><span className={`badge ${row.outcome ?? 'running'}`}>{row.outcome ?? 'running'}</span> {row.reason?.replace(/_/g, ' ')}</td>
      <td data-label="From">{row.origin === 'TEST' ? 'a run in the studio' : `chat${row.environment ? ` in ${row.environment}` : ''}`}</td>
      <td className="number" data-label="Took">{millis(row.duration_ms)}</td>
      <td title={row.version} data-label="Version">{row.version ? short(row.version) : 'draft'}</td>
      <td data-label="At">{time(row.started_at)}</td>
    </tr>
  );
}
