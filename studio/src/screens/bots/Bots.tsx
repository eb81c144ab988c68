import { useState } from 'react';
import { get, type Schemas } from '../../api/client';
import { hrefOf } from '../../router';
import { short, time } from '../../shared/format';
import { Trouble } from '../../shared/Trouble';
import { useLoaded } from '../../shared/useAsync';
import { BotTools } from './BotTools';
import { NewBot } from './NewBot';

async function allBots(): Promise<Schemas['BotSummary'][]> {
  const all: Schemas['BotSummary'][] = [];
  for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined;) {
    const { data }: { data: Schemas['Bots'] } = await get('/api/v1/bots', { query: { limit: 200, cursor: cursor || undefined } });
    all.push(...data.bots);
    cursor = data.next_cursor;
  }
  return all;
}

/** All bots, and the beginning of a new one. */
export function Bots() {
  const { data, error, reload } = useLoaded(allBots, 'bots');
  const [making, setMaking] = useState(false);
  return (
    <main id="content" tabIndex={-1} className="page">
      <div className="head"><h1>Bots</h1><button type="button" className="strong" onClick={() => setMaking(true)}>New bot</button></div>
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {!data && error === undefined && <p role="status">Loading …</p>}
      {data?.length === 0 && (
        <div className="panel empty"><p>A bot talks with users. It collects what it needs, and its integrations fetch the answer from your code or your API.</p>
          <button type="button" className="strong" onClick={() => setMaking(true)}>Make the first bot</button></div>
      )}
      <ul className="grid">
        {data?.map((bot) => (
          <li key={bot.bot} className="tile">
            <h2><a href={hrefOf({ screen: 'bot', bot: bot.bot })} dir="auto">{bot.name || bot.bot}</a></h2>
            <code>{bot.bot}</code>
            <p className="row">
              {Object.entries(bot.live).map(([environment, version]) => <span key={environment} className="badge live" title={version}>{environment} {short(version)}</span>)}
              {!Object.keys(bot.live).length && <span className="badge draft">not live</span>}
            </p>
            <p className="muted">changed {time(bot.updated_at)}</p>
            <BotTools bot={bot} onDone={reload} />
          </li>
        ))}
      </ul>
      {making && <NewBot bots={data ?? []} onClose={() => setMaking(false)} />}
    </main>
  );
}
