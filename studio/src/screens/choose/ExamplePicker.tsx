import { useState } from 'react';
import { get } from '../../api/client';
import { labelOf, textOf } from '../../bot/definition';
import { readBot, useBot } from '../../bot/useBot';
import { Trouble } from '../../shared/Trouble';
import { useLoaded } from '../../shared/useAsync';
import type { Example } from './begin';
import type { Kind } from './scenarios';

const MOST_BOTS = 30;

interface Offer extends Example {
  bot: string;
  kind: Kind;
}

async function examplesBeside(own: string): Promise<Offer[]> {
  const { data } = await get('/api/v1/bots', { query: { limit: MOST_BOTS } });
  const others = await Promise.all(data!.bots.filter((other) => other.bot !== own).map((other) => readBot(other.bot)));
  return others.flatMap(({ definition }) => Object.entries(definition.nodes ?? {}).flatMap(([name, node]) => {
    const kind = node.integration?.type;
    if (kind !== 'code' && kind !== 'api') return [];
    return [{
      bot: textOf(definition.name, definition.language) || definition.bot, label: labelOf(name, node, definition.language), kind, node: name, from: definition,
    }];
  }));
}

/** Integrations of the examples, and of every other bot here, to begin with. */
export function ExamplePicker({ busy, onPick }: { busy: boolean; onPick: (example: Example) => void }) {
  const { bot } = useBot();
  const [wanted, setWanted] = useState(false);
  const { data, error, loading, reload } = useLoaded(() => (wanted ? examplesBeside(bot) : Promise.resolve([])), `${bot} ${wanted}`);
  if (!wanted) return <p><button type="button" onClick={() => setWanted(true)}>Begin with an example</button></p>;
  return (
    <>
      <p className="muted">A copy of it, with the nodes that it leads to, its entities, addresses and variables. Values of secrets do not come along: set them under Setup.</p>
      {loading && <p role="status">Loading …</p>}
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {!loading && data?.length === 0 && <p>There is no other bot here with an integration.</p>}
      <ul className="nodes" aria-label="Examples">
        {data?.map((example) => (
          <li key={`${example.from.bot}/${example.node}`} className="node-row">
            <span className="grow" dir="auto">{example.bot}: {example.label}</span><span className="tag">{example.kind === 'code' ? 'custom code' : 'API'}</span>
            <button type="button" disabled={busy} aria-label={`Begin with this: ${example.bot}: ${example.label}`} onClick={() => onPick(example)}>Begin with this</button>
          </li>
        ))}
      </ul>
    </>
  );
}
