import { useState } from 'react';
import { get } from '../../api/client';
import { labelOf, textOf, type Definition, type Node } from '../../bot/definition';
import { readBot, useBot } from '../../bot/useBot';
import { Trouble } from '../../shared/Trouble';
import { useLoaded } from '../../shared/useAsync';
import type { Kind } from './scenarios';

/** An integration of another bot, with all that it needs. */
export interface Example {
  key: string;
  bot: string;
  label: string;
  kind: Kind;
  node: Node;
  code?: string;
  samples: Record<string, unknown>;
  entities: Definition['entities'];
  variables: Definition['variables'];
}

const MOST_BOTS = 30;

async function examplesBeside(own: string): Promise<Example[]> {
  const { data } = await get('/api/v1/bots', { query: { limit: MOST_BOTS } });
  const others = await Promise.all(data!.bots.filter((other) => other.bot !== own).map((other) => readBot(other.bot)));
  return others.flatMap(({ definition }) => Object.entries(definition.nodes ?? {}).flatMap(([name, node]) => {
    const kind = node.integration?.type;
    if (kind !== 'code' && kind !== 'api') return [];
    return [{
      key: `${definition.bot}/${name}`, bot: textOf(definition.name, definition.language) || definition.bot, label: labelOf(name, node, definition.language), kind, node,
      code: definition.code?.[name], samples: definition.samples?.[name] ?? {}, entities: definition.entities, variables: definition.variables,
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
      <p className="muted">A copy of it: its entities and the names of its variables come along. Set their values under Setup.</p>
      {loading && <p role="status">Loading …</p>}
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {!loading && data?.length === 0 && <p>There is no other bot here with an integration.</p>}
      <ul className="nodes" aria-label="Examples">
        {data?.map((example) => (
          <li key={example.key} className="node-row">
            <span className="grow" dir="auto">{example.bot}: {example.label}</span><span className="tag">{example.kind === 'code' ? 'custom code' : 'API'}</span>
            <button type="button" disabled={busy} aria-label={`Begin with ${example.bot}: ${example.label}`} onClick={() => onPick(example)}>Begin with this</button>
          </li>
        ))}
      </ul>
    </>
  );
}
