// What a bot becomes by a new integration: an empty one, or one of another bot with all that it needs.

import { samplePayload, systemName, utterancesOf, type ApiIntegration, type Definition, type Node } from '../../bot/definition';
import { settingsOf } from '../../bot/useBot';
import { FIRST_CODE, type Kind } from './scenarios';

/** An integration of another bot. */
export interface Example {
  label: string;
  node: string;
  from: Definition;
}

export interface Wish {
  label: string;
  says: string;
}

export const firstSaid = ({ label }: Pick<Wish, 'label'>, node?: Node): string => utterancesOf(node?.user_says)[0] || label.trim().toLowerCase() || 'hello';

export const nameFor = (definition: Definition, { label }: Pick<Wish, 'label'>, example?: Example): string =>
  systemName(label || example?.label || 'My integration', Object.keys(definition.nodes ?? {}));

/** With an empty integration that runs, or can be sent, at once. */
export function withEmpty(definition: Definition, kind: Kind, wish: Wish): Definition {
  const name = nameFor(definition, wish);
  const address: Pick<ApiIntegration, 'path' | 'url'> = definition.base_url ? { path: '/answer' } : { url: 'https://api.example.com/answer' };
  const node = started({ integration: kind === 'code' ? { type: 'code' } : { type: 'api', ...address, timeout: '10s' } }, wish);
  return plain({
    ...settingsOf(definition),
    nodes: { ...definition.nodes, [name]: node },
    ...(kind === 'code' ? { code: { [name]: FIRST_CODE } } : {}),
    samples: { [name]: { default: samplePayload(name, node, definition.entities) } },
  });
}

/** With a copy of an integration, of the nodes that it leads to, and of the settings that these need. */
export function withCopy(definition: Definition, { from, ...example }: Example, wish: Wish): Definition {
  const names = new Map([[example.node, nameFor(definition, wish, { from, ...example })]]);
  const taken = () => [...Object.keys(definition.nodes ?? {}), ...names.values()];
  for (const old of reached(from, example.node)) if (!names.has(old)) names.set(old, systemName(old, taken()));
  const renamed = <T>(all: Record<string, T> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(all ?? {}).flatMap(([old, value]) => (names.has(old) ? [[names.get(old)!, value]] : [])));
  const nodes: Record<string, Node> = Object.fromEntries(Object.entries(renamed(from.nodes)).map(([name, node]) => [name, {
    ...node, connections: node.connections?.map((one) => ({ ...one, to: names.get(String(one['to'])) ?? one['to'] })),
  }]));
  const first = names.get(example.node)!;
  nodes[first] = started(nodes[first]!, wish);
  return plain({
    ...settingsOf(definition),
    base_url: definition.base_url ?? from.base_url,
    egress: definition.egress ? { ...definition.egress, allow: [...new Set([...definition.egress.allow ?? [], ...from.egress?.allow ?? []])] } : from.egress,
    entities: { ...from.entities, ...definition.entities },
    variables: { ...from.variables, ...definition.variables },
    nodes: { ...definition.nodes, ...nodes },
    code: renamed(from.code),
    samples: renamed(from.samples),
  });
}

/** The node and all that its connections lead to. */
function reached(definition: Definition, start: string): string[] {
  const found = new Set([start]);
  for (const name of found) for (const one of definition.nodes?.[name]?.connections ?? []) if (definition.nodes?.[String(one['to'])]) found.add(String(one['to']));
  return [...found];
}

const started = (node: Node, wish: Wish): Node => ({
  ...node,
  label: wish.label.trim() || node.label || 'My integration',
  start: true,
  user_says: wish.says.trim() ? [wish.says.trim()] : node.user_says ?? [firstSaid(wish, node)],
});

const plain = (definition: Definition): Definition => JSON.parse(JSON.stringify(definition)) as Definition;
