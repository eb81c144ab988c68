// A bot as a graph: which node leads where, what is never reached, and where it ends unmeant.

import { utterancesOf, type Connection, type Definition, type Node } from './definition';

export interface Way {
  from: string;
  /** Its place among the connections of its node. */
  index: number;
  connection: Connection;
}

export type Kind = 'code' | 'api' | 'asks' | 'says';

export const kindOf = (node: Node): Kind =>
  node.integration ? node.integration.type : node.entities?.length ? 'asks' : 'says';

export const waysOf = ({ nodes }: Pick<Definition, 'nodes'>): Way[] =>
  Object.entries(nodes ?? {}).flatMap(([from, node]) => (node.connections ?? []).map((connection, index) => ({ from, index, connection })));

export const waysTo = (definition: Pick<Definition, 'nodes'>, name: string): Way[] => waysOf(definition).filter(({ connection }) => connection.to === name);

/** Nodes that a conversation can come to. */
export function reached({ nodes = {} }: Pick<Definition, 'nodes'>): Set<string> {
  const isOn = (name: string) => nodes[name] !== undefined && nodes[name].active !== false;
  const found = new Set(Object.keys(nodes).filter((name) => isOn(name) && nodes[name]!.start && utterancesOf(nodes[name]!.user_says).length > 0));
  for (const name of found) for (const { to } of nodes[name]!.connections ?? []) if (isOn(to)) found.add(to);
  return found;
}

export interface Concern {
  node: string;
  words: string;
  /** Where in the panel it is mended. */
  tab: 'says' | 'bot' | 'ways' | 'settings';
}

/** What will hardly be meant so, in words. */
export function concerns(definition: Pick<Definition, 'nodes'>, labelled: (name: string) => string): Concern[] {
  const met = reached(definition);
  return Object.entries(definition.nodes ?? {}).flatMap(([node, value]): Concern[] => {
    if (value.active === false) return [];
    const label = labelled(node);
    const found: Concern[] = [];
    if (!met.has(node)) found.push(neverReached(node, value, label));
    if (!value.integration && !value.entities?.length && !value.connections?.length && value.bot_says === undefined)
      found.push({ node, words: `${label} says nothing and leads nowhere.`, tab: 'bot' });
    else if (isDeadEnd(value)) found.push({ node, words: `${label} offers replies, but no connection waits for them.`, tab: 'ways' });
    return found;
  });
}

function neverReached(node: string, { start, user_says }: Node, label: string): Concern {
  const said = utterancesOf(user_says).length > 0;
  if (start && !said) return { node, words: `Nobody can reach ${label}: it may begin a conversation, but no sentence says how.`, tab: 'says' };
  if (said && !start) return { node, words: `Nobody can reach ${label}: it has sentences, but does not begin conversations, and no connection leads to it.`, tab: 'settings' };
  return { node, words: `Nobody can reach ${label}: no connection leads to it.`, tab: 'settings' };
}

/** It offers replies to press, and then does not wait for any. */
export const isDeadEnd = (node: Node): boolean =>
  !node.end && !node.integration && !(node.connections ?? []).length && JSON.stringify(node.bot_says ?? '').includes('"quick_replies":[{');
