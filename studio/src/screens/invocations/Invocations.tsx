import { useEffect, useState } from 'react';
import { get, type Schemas } from '../../api/client';
import { useBot } from '../../bot/useBot';
import { go, goInstead, hrefOf } from '../../router';
import { millis, short, time } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useAction, useLoaded } from '../../shared/useAsync';
import { FilterRow } from './FilterRow';
import { isFiltered, queryOf, readFilters, writeFilters, type Filters } from './filters';
import { Invocation } from './Invocation';
import { joined, PAGE, refreshed, type Page } from './pages';
import { useLookAgain } from './useLookAgain';

type Row = Schemas['InvocationRow'];

/**
 * What integrations did, newest first, as it happens; and one of them whole.
 *
 * query: the filters, as they stand in the address
 */
export function Invocations({ id, query }: { id?: string; query?: string }) {
  return id ? <Invocation key={id} id={id} query={query} /> : <List query={query} />;
}

function List({ query }: { query?: string }) {
  const { bot } = useBot();
  const [live, setLive] = useState(true);
  const filters = readFilters(query);
  const { page, error, reload, more } = usePages(bot, filters, live);
  const change = (changed: Filters) => {
    const place = { screen: 'invocations', bot, query: writeFilters(changed) } as const;
    // Back leads past the steps of typing.
    const onlyText = filters.text && changed.text && writeFilters({ ...filters, text: changed.text }) === place.query;
    (onlyText ? goInstead : go)(place);
  };
  return (
    <main id="content" tabIndex={-1} className="page">
      <div className="head"><h1>Invocations</h1><label className="check"><input type="checkbox" checked={live} onChange={(event) => setLive(event.target.checked)} />Live</label></div>
      <FilterRow filters={filters} onChange={change} />
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {!page && error === undefined && <p role="status">Loading …</p>}
      {page && <Rows page={page} filtered={isFiltered(filters)} query={query} more={more} />}
    </main>
  );
}

interface More {
  busy: boolean;
  error: unknown;
  ask: () => void;
}

/** The first page again and again, and those behind it that were asked for. */
function usePages(bot: string, filters: Filters, live: boolean) {
  const key = `${bot} ${writeFilters(filters)}`;
  const load = async (cursor?: string) =>
    (await get('/api/v1/bots/{bot}/invocations', { path: { bot }, query: { ...queryOf(filters), limit: PAGE, cursor } })).data!;
  const first = useLoaded(() => load(), key);
  const { data, error, reload } = first;
  const [read, setRead] = useState<{ key: string; page: Page }>();
  const action = useAction();
  useEffect(action.clear, [key]);
  useLookAgain(first, live);
  const before = read?.key === key ? read.page : undefined;
  const page = data && refreshed(data, before);
  const ask = () => action.run(async () => {
    if (!page?.next_cursor) return;
    setRead({ key, page: joined(page, await load(page.next_cursor)) });
  });
  return { page, error, reload, more: { busy: action.busy, error: action.error, ask } satisfies More };
}

function Rows({ page, filtered, query, more }: { page: Page; filtered: boolean; query?: string; more: More }) {
  const { invocations: rows, next_cursor: next, searched } = page;
  return (
    <>
      {rows.length > 0 && (
        <div className="wide-table stacked" tabIndex={0} role="region" aria-label="Invocations">
          <table>
            <thead><tr><th scope="col">Node</th><th scope="col">Outcome</th><th scope="col">From</th><th scope="col" className="number">Took</th><th scope="col">Version</th><th scope="col">At</th></tr></thead>
            <tbody>{rows.map((row) => <Line key={row.invocation_id} row={row} query={query} />)}</tbody>
          </table>
        </div>
      )}
      {!rows.length && !next && <p className="panel empty">None yet{filtered ? ' with these filters' : '. Run code in the editor, or chat with the bot'}.</p>}
      {more.error !== undefined && <Trouble error={more.error} onRetry={more.ask} />}
      {next && (
        <p className={rows.length ? 'row' : 'panel empty'}>
          {searched !== undefined && <span role="status">{rows.length ? 'Looked through' : 'Nothing in'} the newest {searched}.</span>}
          <button type="button" disabled={more.busy} onClick={more.ask}>{searched === undefined ? 'Show more' : 'Look further'}</button>
        </p>
      )}
    </>
  );
}

function Line({ row, query }: { row: Row; query?: string }) {
  const { bot } = useBot();
  const place = { screen: 'invocations', bot, id: row.invocation_id, query } as const;
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
