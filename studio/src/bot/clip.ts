// Nodes as text, to be taken to another bot or another place in this one.

import { forNode } from './changes';
import { systemName, type Definition, type Node } from './definition';

export type Clip = Required<Pick<Definition, 'nodes' | 'entities' | 'code' | 'samples'>>;

const ASIDE = 40;

/** The nodes with their code and sample inputs, and the entities that they name. */
export function clipOf(definition: Definition, names: string[]): Clip {
  const chosen = <T>(all: Record<string, T> | undefined) => Object.fromEntries(names.flatMap((name) => (all?.[name] === undefined ? [] : [[name, all[name]]])));
  const nodes = chosen(definition.nodes);
  const used = new Set(Object.values(nodes).flatMap((node) => [
    ...(node.entities ?? []).map((use) => use.entity), ...(node.connections ?? []).flatMap((one) => Object.keys(one.entity ?? {})),
  ]));
  return { nodes, entities: Object.fromEntries(Object.entries(definition.entities ?? {}).filter(([name]) => used.has(name))), code: chosen(definition.code), samples: chosen(definition.samples) };
}

/** Undefined where the text is something else. */
export function clipIn(text: string): Clip | undefined {
  try {
    const { nodes, entities = {}, code = {}, samples = {} } = JSON.parse(text) as Partial<Clip>;
    const isClip = typeof nodes === 'object' && nodes !== null && Object.values(nodes).every((node) => typeof node === 'object' && node !== null);
    return isClip ? { nodes, entities, code, samples } : undefined;
  } catch {
    return undefined;
  }
}

/** Under free names; connections among them follow, those to nodes that are not there are left out. Entities that are there stay. */
export function withClip(definition: Definition, clip: Clip): { names: string[]; definition: Definition } {
  const taken = Object.keys(definition.nodes ?? {});
  const names = new Map<string, string>();
  for (const old of Object.keys(clip.nodes)) names.set(old, systemName(old, [...taken, ...names.values()], 'NODE'));
  const renamed = <T>(all: Record<string, T>, as: (value: T, from: string, to: string) => T = (value) => value) =>
    Object.fromEntries(Object.entries(all).flatMap(([old, value]) => (names.has(old) ? [[names.get(old)!, as(value, old, names.get(old)!)]] : [])));
  const placed = (node: Node): Node => {
    const connections = node.connections?.flatMap((one) => (names.has(one.to) ? [{ ...one, to: names.get(one.to)! }] : definition.nodes?.[one.to] ? [one] : []));
    return {
      ...node,
      ...(connections && { connections }),
      ...(node.position && { position: { x: node.position.x + ASIDE, y: node.position.y + ASIDE } }),
    };
  };
  const samples = renamed(clip.samples, (all, from, to) => Object.fromEntries(Object.entries(all).map(([name, payload]) => [name, forNode(payload, from, to)])));
  return {
    names: [...names.values()],
    definition: {
      ...definition,
      entities: { ...clip.entities, ...definition.entities },
      nodes: { ...definition.nodes, ...renamed(clip.nodes, placed) },
      code: { ...definition.code, ...renamed(clip.code) },
      samples: { ...definition.samples, ...samples },
    },
  };
}
