// Where the canvas draws nodes that have no place of their own.

import dagre from '@dagrejs/dagre';
import type { Definition } from '../../bot/definition';
import { waysOf } from '../../bot/graph';
import { conditionInWords } from '../../bot/words';

export interface Point {
  x: number;
  y: number;
}

export const WIDTH = 220;
export const HEIGHT = 92;
const BETWEEN = { ranksep: 60, nodesep: 36, edgesep: 24 };

const LONGEST = 34;

/** Of what stands on a line, pixels. */
const CHARACTER = 6;

/** What stands on a line, without what is the same on each. */
export function cut(words: string): string {
  const short = words.replace(/^when (?:the user says )?/, '');
  return short.length > LONGEST ? `${short.slice(0, LONGEST - 1)}…` : short;
}

/** All nodes in layers from the left to the right, in the order of the connections. */
export function laidOut(definition: Pick<Definition, 'nodes'>): Map<string, Point> {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ...BETWEEN });
  graph.setDefaultEdgeLabel(() => ({}));
  const nodes = Object.keys(definition.nodes ?? {});
  // What is set first ends up lowest.
  for (const name of nodes.toReversed()) graph.setNode(name, { width: WIDTH, height: HEIGHT });
  for (const { from, index, connection } of waysOf(definition).toReversed()) {
    const width = CHARACTER * cut(conditionInWords(connection, definition.nodes?.[from])).length;
    if (definition.nodes?.[connection.to] && connection.to !== from) graph.setEdge(from, connection.to, { width, height: 18, labelpos: 'c' }, String(index));
  }
  dagre.layout(graph);
  return new Map(nodes.map((name) => {
    const { x, y } = graph.node(name) as Point;
    return [name, { x: Math.round(x - WIDTH / 2), y: Math.round(y - HEIGHT / 2) }];
  }));
}

/** Places as they are authored; a node without one stands beside what leads to it, clear of the others. */
export function places(definition: Pick<Definition, 'nodes'>): Map<string, Point> {
  const entries = Object.entries(definition.nodes ?? {});
  const authored = entries.flatMap(([name, { position }]): [string, Point][] => (position ? [[name, position]] : []));
  if (authored.length === 0) return laidOut(definition);
  const found = new Map(authored);
  for (const [name] of entries) {
    if (found.has(name)) continue;
    const from = entries.find(([other, node]) => found.has(other) && node.connections?.some(({ to }) => to === name))?.[0];
    const near = from ? found.get(from)! : { x: -WIDTH - 3 * BETWEEN.ranksep, y: 0 };
    found.set(name, clear({ x: near.x + WIDTH + 3 * BETWEEN.ranksep, y: near.y }, [...found.values()]));
  }
  return found;
}

/** The first place downwards where nothing stands. */
function clear(wanted: Point, taken: Point[]): Point {
  const at = { ...wanted };
  while (taken.some(({ x, y }) => Math.abs(x - at.x) < WIDTH && Math.abs(y - at.y) < HEIGHT)) at.y += HEIGHT + BETWEEN.nodesep;
  return at;
}
