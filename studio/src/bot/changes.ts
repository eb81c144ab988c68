// Changes of a bot's nodes and entities: each takes a definition and gives the one that is wanted.

import {
  goneError, labelOf, samplePayload, systemName, type Connection, type Definition, type Entity, type EntityUse, type Node,
} from './definition';
import { waysTo } from './graph';

export type Change = (definition: Definition) => Definition;

/** Keys that are undefined or empty are left out, as nobody would write them. */
function tidy<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0))) as T;
}

/** @param part is put over the node as it is; undefined takes a key away */
export const withNode = (name: string, part: Partial<Node> | ((node: Node) => Partial<Node>)): Change => (definition) => {
  const node = definition.nodes?.[name];
  if (!node) throw goneError(name);
  const over = typeof part === 'function' ? part(node) : part;
  return { ...definition, nodes: { ...definition.nodes, [name]: tidy({ ...node, ...over }) } };
};

export const withNewNode = (name: string, node: Node): Change => (definition) => ({ ...definition, nodes: { ...definition.nodes, [name]: tidy(node) } });

export const freeName = (definition: Definition, label: string): string => systemName(label || 'Node', Object.keys(definition.nodes ?? {}), 'NODE');

/** A copy beside it, with its code and sample inputs; nothing leads to the copy yet. */
export function withCopyOf(definition: Definition, name: string): { name: string; definition: Definition } {
  const node = definition.nodes?.[name];
  if (!node) throw goneError(name);
  const label = `${labelOf(name, node, definition.language)} copy`;
  const copy = freeName(definition, label);
  const place = node.position && { position: { x: node.position.x + 40, y: node.position.y + 40 } };
  return {
    name: copy,
    definition: { ...withNewNode(copy, { ...node, label, ...place })(definition), ...files(definition, name, copy) },
  };
}

function files(definition: Definition, from: string, to: string): Pick<Definition, 'code' | 'samples'> {
  const code = definition.code?.[from];
  const samples = definition.samples?.[from];
  const named = samples && Object.fromEntries(Object.entries(samples).map(([sample, payload]) => [sample, forNode(payload, from, to)]));
  return {
    ...(code !== undefined && { code: { ...definition.code, [to]: code } }),
    ...(named && { samples: { ...definition.samples, [to]: named } }),
  };
}

/** A payload names its node. */
export const forNode = (payload: unknown, from: string, to: string): unknown =>
  typeof payload === 'object' && payload !== null && (payload as { node?: unknown }).node === from ? { ...payload, node: to } : payload;

/** Under another system name: connections, code and sample inputs follow, and the order stays. */
export const withName = (from: string, to: string): Change => (definition) => {
  const nodes = definition.nodes ?? {};
  if (!nodes[from]) throw goneError(from);
  const moved = Object.entries(nodes).map(([name, node]): [string, Node] => [name === from ? to : name, following(node, from, to)]);
  const { [from]: _, ...code } = definition.code ?? {};
  const { [from]: __, ...samples } = definition.samples ?? {};
  const own = files({ ...definition, code: definition.code, samples: definition.samples }, from, to);
  return {
    ...definition,
    nodes: Object.fromEntries(moved),
    ...(own.code && { code: { ...code, [to]: own.code[to]! } }),
    ...(own.samples && { samples: { ...samples, [to]: own.samples[to]! } }),
  };
};

const following = (node: Node, from: string, to: string): Node =>
  node.connections?.some((one) => one.to === from)
    ? { ...node, connections: node.connections.map((one) => (one.to === from ? { ...one, to } : one)) }
    : node;

/** Without nodes, and without the connections that led to them. */
export const withoutNodes = (names: string[]): Change => (definition) => {
  const gone = new Set(names);
  const rest = Object.entries(definition.nodes ?? {}).filter(([name]) => !gone.has(name));
  const kept = <T>(all: Record<string, T> | undefined) => all && Object.fromEntries(Object.entries(all).filter(([name]) => !gone.has(name)));
  return {
    ...definition,
    nodes: Object.fromEntries(rest.map(([name, node]) => [name, node.connections?.some(({ to }) => gone.has(to))
      ? tidy({ ...node, connections: node.connections.filter(({ to }) => !gone.has(to)) }) : node])),
    ...(definition.code && { code: kept(definition.code) }),
    ...(definition.samples && { samples: kept(definition.samples) }),
  };
};

/** What goes with a node, and what depends on it, in words. */
export function dependents(definition: Definition, name: string): string[] {
  const node = definition.nodes?.[name];
  const label = (one: string) => labelOf(one, definition.nodes?.[one], definition.language);
  const from = [...new Set(waysTo(definition, name).filter((way) => way.from !== name).map((way) => way.from))];
  const samples = Object.keys(definition.samples?.[name] ?? {}).length;
  return [
    ...from.map((one) => `the connection from ${label(one)}`),
    ...(node?.integration?.type === 'code' ? ['its code'] : node?.integration ? ['the address of its API'] : []),
    ...(samples ? [`its ${samples === 1 ? 'sample input' : `${samples} sample inputs`}`] : []),
  ];
}

/** A connection is added before a default, which stands last for people. */
export const withConnection = (from: string, connection: Connection): Change => withNode(from, (node) => {
  const all = node.connections ?? [];
  const last = all.at(-1);
  const isDefault = last && !last.when && !last.user_says && !last.entity;
  return { connections: isDefault ? [...all.slice(0, -1), connection, last] : [...all, connection] };
});

/** The connection that is made by drawing a line: the default where there is none, else one to be filled in. */
export function drawn(node: Node | undefined, to: string, label: string): Connection {
  const all = node?.connections ?? [];
  const hasDefault = all.some((one) => !one.when && !one.user_says && !one.entity);
  if (!hasDefault && (node?.integration || all.length === 0)) return { to };
  return node?.integration ? { to, when: { all: [{ variable: 'status', equals: true }] } } : { to, user_says: [label.toLowerCase()] };
}

// --- Entities -------------------------------------------------------------------------------------

export const withEntity = (name: string, entity: Entity): Change => (definition) => ({
  ...definition, entities: { ...definition.entities, [name]: tidy(entity) },
});

export const withUse = (node: string, use: EntityUse): Change => withNode(node, ({ entities = [] }) => ({ entities: [...entities, use] }));

/** Nodes that ask for an entity or test it. */
export const usersOf = ({ nodes }: Definition, entity: string): string[] => Object.entries(nodes ?? {})
  .filter(([, node]) => node.entities?.some((use) => use.entity === entity) || node.connections?.some((one) => one.entity?.[entity]))
  .map(([name]) => name);

export const withoutEntity = (entity: string): Change => (definition) => {
  const { [entity]: _, ...rest } = definition.entities ?? {};
  return { ...definition, entities: rest };
};

/** Lower_snake_case of words. */
export const entityName = (words: string, taken: string[]): string => {
  const plain = words.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, 60) || 'value';
  for (let number = 1; ; number++) {
    const name = number === 1 ? plain : `${plain}_${number}`;
    if (!taken.includes(name)) return name;
  }
};

// --- Integrations ---------------------------------------------------------------------------------

/** @param source where the node has no code yet */
export const withCode = (name: string, source: string): Change => (definition) => {
  const changed = withNode(name, { integration: { type: 'code' } })(definition);
  const known = definition.code?.[name] !== undefined;
  return {
    ...changed,
    ...(!known && { code: { ...definition.code, [name]: source } }),
    ...(!definition.samples?.[name] && { samples: { ...definition.samples, [name]: { default: samplePayload(name, changed.nodes?.[name], definition.entities) as object } } }),
  };
};

export const withApi = (name: string): Change => (definition) => ({
  ...withNode(name, { integration: { type: 'api', ...(definition.base_url ? { path: '/answer' } : { url: 'https://api.example.com/answer' }), timeout: '10s' } })(definition),
  ...(!definition.samples?.[name] && { samples: { ...definition.samples, [name]: { default: samplePayload(name, definition.nodes?.[name], definition.entities) as object } } }),
});
