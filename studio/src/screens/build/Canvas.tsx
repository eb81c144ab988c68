import {
  applyNodeChanges, Background, Controls, Handle, MarkerType, Position, ReactFlow, ReactFlowProvider, useReactFlow,
  type Connection as Line, type Edge, type EdgeMouseHandler, type Node as Drawn, type NodeChange, type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { clipIn, clipOf, withClip } from '../../bot/clip';
import { drawn, withConnection, withNode } from '../../bot/changes';
import { labelOf, listOf, utterancesOf, wordsOf, type Node } from '../../bot/definition';
import { kindOf, reached, waysOf, type Concern } from '../../bot/graph';
import { useBot } from '../../bot/useBot';
import { conditionInWords, spaced } from '../../bot/words';
import { go } from '../../router';
import { cut, HEIGHT, laidOut, places, WIDTH, type Point } from './layout';
import { useSave } from './useSave';

interface Face extends Record<string, unknown> {
  label: string;
  node: Node;
  words: string;
  unreached: boolean;
  worry: string;
}

type Card = Drawn<Face, 'card'>;

interface Props {
  selected?: string;
  worries: Concern[];
  onDelete: (names: string[]) => void;
}

export default function Canvas(props: Props) {
  return <ReactFlowProvider><Graph {...props} /></ReactFlowProvider>;
}

function Graph({ selected, worries, onDelete }: Props) {
  const { bot, definition } = useBot();
  const { save } = useSave();
  const flow = useReactFlow();
  const at = useMemo(() => places(definition), [definition]);
  const wanted = useMemo(() => cards(definition, at, worries), [definition, at, worries]);
  const [nodes, setNodes] = useState<Card[]>(wanted);
  useEffect(() => setNodes((was) => wanted.map((card) => ({ ...was.find((one) => one.id === card.id), ...card, selected: card.id === selected || was.find((one) => one.id === card.id)?.selected && !selected }))), [wanted, selected]);
  const edges = useMemo(() => lines(definition), [definition]);
  const box = useRef<HTMLDivElement>(null);

  // The node whose panel is open is in sight, also when the panel has taken room, or the window became smaller.
  const spot = selected === undefined ? undefined : at.get(selected);
  const [size, setSize] = useState('');
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setSize(`${Math.round(entry!.contentRect.width)} ${Math.round(entry!.contentRect.height)}`));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const frame = box.current?.getBoundingClientRect();
    if (!spot || !frame?.width || !frame.height) return;
    const from = flow.flowToScreenPosition(spot);
    const to = flow.flowToScreenPosition({ x: spot.x + WIDTH, y: spot.y + HEIGHT });
    const readable = flow.getZoom() > LEAST_READABLE;
    if (readable && from.x >= frame.left && from.y >= frame.top && to.x <= frame.right && to.y <= frame.bottom) return;
    void flow.setCenter(spot.x + WIDTH / 2, spot.y + HEIGHT / 2, { zoom: readable ? flow.getZoom() : 1, duration: calm() });
  }, [selected, size, flow]);

  const chosen = nodes.filter((one) => one.selected).map(({ id }) => id);
  const clipboard = useRef((_: ClipboardEvent) => {});
  clipboard.current = (event) => {
    if ((event.target as Element).closest?.('input, textarea, select, [data-editor], dialog')) return;
    if (event.type === 'copy') {
      if (!chosen.length || getSelection()?.toString()) return;
      event.clipboardData?.setData('text/plain', JSON.stringify(clipOf(definition, chosen), null, 2));
    } else {
      const clip = clipIn(event.clipboardData?.getData('text/plain') ?? '');
      if (!clip) return;
      let made: string[] = [];
      void save((d) => {
        const { names, definition: wanted } = withClip(d, clip);
        made = names;
        return wanted;
      }).then((taken) => taken && setNodes((was) => was.map((card) => ({ ...card, selected: made.includes(card.id) }))));
    }
    event.preventDefault();
  };
  useEffect(() => {
    const heard = (event: ClipboardEvent) => clipboard.current(event);
    document.addEventListener('copy', heard);
    document.addEventListener('paste', heard);
    return () => {
      document.removeEventListener('copy', heard);
      document.removeEventListener('paste', heard);
    };
  }, []);

  const changed = (changes: NodeChange<Card>[]) => setNodes((was) => applyNodeChanges(changes.filter((one) => one.type !== 'remove'), was));
  const placed = (moved: Map<string, Point>) => save((d) => [...moved].reduce((now, [name, position]) => (now.nodes?.[name] ? withNode(name, { position })(now) : now), d));
  /** The first that is moved gives all their places: else the rest would be laid out around it. */
  const dropped = (dragged: Card[]) => {
    const now = new Map([...nodes, ...dragged].map(({ id, position }): [string, Point] => [id, { x: Math.round(position.x), y: Math.round(position.y) }]));
    const moved = [...now].filter(([name, { x, y }]) => at.get(name)?.x !== x || at.get(name)?.y !== y);
    if (moved.length) void placed(new Map([...now].filter(([name]) => moved.some(([one]) => one === name) || !definition.nodes?.[name]?.position)));
  };
  const connect = ({ source, target }: Line) => void save((d) => withConnection(source, drawn(d.nodes?.[source], target, labelOf(target, d.nodes?.[target], d.language)))(d))
    .then((taken) => taken && go({ screen: 'bot', bot, node: source, tab: 'ways' }));
  const openWay: EdgeMouseHandler = (_, edge) => go({ screen: 'bot', bot, node: edge.source, tab: 'ways' });
  const tidy = () => void placed(laidOut(definition)).then(() => requestAnimationFrame(() => void flow.fitView(WHOLE)));
  const find = (words: string) => {
    const found = nodes.find(({ id, data }) => `${id} ${data.label} ${data.words}`.toLowerCase().includes(words.toLowerCase()));
    if (found && words.trim()) void flow.setCenter(found.position.x + WIDTH / 2, found.position.y + HEIGHT / 2, { zoom: 1, duration: calm() });
    return found;
  };

  return (
    <div className="canvas" ref={box}>
      <div className="canvas-tools">
        <form role="search" onSubmit={(event) => {
          event.preventDefault();
          const found = find(String(new FormData(event.currentTarget).get('words') ?? ''));
          if (found) go({ screen: 'bot', bot, node: found.id });
        }}><label><span className="unseen">Find a node</span><input name="words" type="search" placeholder="Find a node" onChange={(event) => find(event.target.value)} /></label></form>
        <button type="button" onClick={tidy}>Tidy up</button>
        <button type="button" onClick={() => void flow.fitView(WHOLE)}>Fit</button>
      </div>
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={TYPES} onNodesChange={changed} onNodeDragStop={(_, __, dragged) => dropped(dragged)} onSelectionDragStop={(_, dragged) => dropped(dragged)} onConnect={connect}
        onNodeClick={(event, { id }) => { if (!event.shiftKey && !event.metaKey && !event.ctrlKey) go({ screen: 'bot', bot, node: id }); }} onEdgeClick={openWay}
        onBeforeDelete={async ({ nodes: gone }) => {
          if (gone.length) onDelete(gone.map(({ id }) => id));
          return false;
        }}
        deleteKeyCode={['Delete', 'Backspace']} fitView fitViewOptions={WHOLE} minZoom={0.03} maxZoom={2} onlyRenderVisibleElements={nodes.length > 150}
        nodesFocusable edgesFocusable={false} proOptions={{ hideAttribution: true }} aria-label="Graph of the bot"
        onKeyDown={(event) => {
          const id = (event.target as Element).closest?.('.react-flow__node')?.getAttribute('data-id');
          if (event.key === 'Enter' && id) go({ screen: 'bot', bot, node: id });
        }}>
        <Background gap={24} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

/** Milliseconds that a movement takes; none for who wants none. */
const calm = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200);

type Bot = ReturnType<typeof useBot>['definition'];

function cards(definition: Bot, at: Map<string, Point>, worries: Concern[]): Card[] {
  const met = reached(definition);
  const language = definition.language;
  return Object.entries(definition.nodes ?? {}).map(([name, node]) => {
    const says = utterancesOf(node.user_says, language)[0];
    const said = listOf(node.bot_says).map((say) => wordsOf(say, language)).find(Boolean);
    const asks = node.entities?.map((use) => spaced(use.entity)).join(', ');
    const label = labelOf(name, node, language);
    return {
      id: name, type: 'card', position: at.get(name) ?? { x: 0, y: 0 }, width: WIDTH, height: HEIGHT, ariaLabel: `Node ${label}`,
      data: { label, node, words: says ? `“${says}”` : asks ? `asks ${asks}` : said ?? '', unreached: !met.has(name), worry: worries.find((one) => one.node === name)?.words ?? '' },
    };
  });
}

const lines = (definition: Bot): Edge[] => waysOf(definition).filter(({ connection }) => definition.nodes?.[connection.to]).map(({ from, index, connection }) => {
  const words = conditionInWords(connection, definition.nodes?.[from], definition.language);
  const kind = connection.when ? 'rule' : connection.user_says ? 'said' : connection.entity ? 'given' : 'plain';
  return {
    id: `${from} ${index} ${connection.to}`, source: from, target: connection.to, label: cut(words), className: `way way-${kind}`, type: from === connection.to ? 'smoothstep' : 'default',
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 }, labelBgPadding: [6, 3], labelBgBorderRadius: 6, focusable: false, selectable: false,
  };
});

const KINDS = { code: 'code', api: 'API', asks: 'asks', says: 'says' };

function NodeCard({ data: { label, node, words, unreached, worry } }: NodeProps<Card>) {
  const kind = kindOf(node);
  return (
    <div className={`graph-node kind-of-${kind}${node.start ? ' is-start' : ''}${node.end ? ' is-end' : ''}${unreached ? ' unreached' : ''}${node.active === false ? ' off' : ''}`} title={worry || undefined}>
      <Handle type="target" position={Position.Left} />
      <p className="graph-kind"><span>{KINDS[kind]}</span>{node.start && <span>start</span>}{node.end && <span>end</span>}{node.active === false && <span>off</span>}{worry && <span className="warns">look</span>}</p>
      <p className="graph-label" dir="auto">{label}</p>
      {words && <p className="graph-words" dir="auto">{words}</p>}
      <Handle type="source" position={Position.Right} />
    </div>
  );
}

/** Below this zoom the words of a node cannot be read. */
const LEAST_READABLE = 0.35;
const WHOLE = { padding: 0.15, maxZoom: 1 };
const TYPES = { card: NodeCard };
