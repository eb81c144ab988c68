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

/** Begins with an integration of the examples, or of any other bot here. */
export function ExamplePicker({ value, onChange }: { value?: Example; onChange: (example: Example | undefined) => void }) {
  const { bot } = useBot();
  const [wanted, setWanted] = useState(false);
  const { data, error, reload } = useLoaded(() => (wanted ? examplesBeside(bot) : Promise.resolve([])), `${bot} ${wanted}`);
  if (!wanted) return <p><button type="button" onClick={() => setWanted(true)}>Begin with an example</button></p>;
  return (
    <fieldset className="stack">
      <legend>Begin with</legend>
      <label className="check"><input type="radio" name="example" checked={!value} onChange={() => onChange(undefined)} />The smallest one that runs</label>
      {data?.map((example) => (
        <label key={example.key} className="check"><input type="radio" name="example" checked={value?.key === example.key} onChange={() => onChange(example)} />
          <span dir="auto">{example.bot}: {example.label}</span><span className="tag">{example.kind === 'code' ? 'custom code' : 'API'}</span></label>
      ))}
      {error !== undefined && <Trouble error={error} onRetry={reload} />}
      {value && <p className="note">Its entities and the names of its variables come along; set their values under Variables.</p>}
    </fieldset>
  );
}
