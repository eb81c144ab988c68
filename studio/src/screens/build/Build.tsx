import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Ahead } from '../../bot/Ahead';
import { dependents, freeName, withNewNode, withoutNodes } from '../../bot/changes';
import { labelOf } from '../../bot/definition';
import { concerns } from '../../bot/graph';
import { useBot } from '../../bot/useBot';
import { go, hrefOf } from '../../router';
import { Sheet } from '../../shared/Sheet';
import { Trouble } from '../../shared/Trouble';
import { Release } from '../bot/Release';
import { NodeList } from './NodeList';
import { NodePanel } from './NodePanel';
import { SavingProvider, useSaving } from './useSave';

const Canvas = lazy(() => import('./Canvas'));

const LOOK_AGAIN_MILLIS = 15_000;
const NARROW = '(max-width: 800px)';

interface Open {
  node?: string;
  tab?: string;
}

/** The bot as a graph, or as a list, with the panel of a node beside it. */
export const Build = (open: Open) => <Ahead><Builder {...open} /></Ahead>;

function Builder({ node, tab }: Open) {
  const { bot, definition, look, history, undo, redo } = useBot();
  const saving = useSaving();
  const [list, setList] = useState(() => matchMedia(NARROW).matches);
  const [sheet, setSheet] = useState<'live' | 'problems' | 'add'>();
  const [doomed, setDoomed] = useState<string[]>([]);
  const label = useCallback((name: string) => labelOf(name, definition.nodes?.[name], definition.language), [definition]);
  const worries = concerns(definition, label);
  const names = Object.keys(definition.nodes ?? {});

  useEffect(() => {
    const seen = () => document.visibilityState === 'visible' && look();
    const timer = setInterval(seen, LOOK_AGAIN_MILLIS);
    addEventListener('focus', seen);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', seen);
    };
  }, [look]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const typing = (event.target as Element).closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [data-editor]');
      if (!(event.ctrlKey || event.metaKey) || event.altKey || typing) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      void (key === 'y' || event.shiftKey ? redo() : undo()).catch(() => {});
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [undo, redo]);

  const remove = async () => {
    const gone = doomed;
    setDoomed([]);
    if (await saving.save(withoutNodes(gone)) && node && gone.includes(node)) go({ screen: 'bot', bot });
  };
  const state = saving.busy ? 'Saving …' : saving.error !== undefined ? 'Not saved' : saving.typing ? 'Not saved yet; kept in this browser' : 'Saved as a draft';
  return (
    <SavingProvider value={saving}>
      <main id="content" tabIndex={-1} className="desk build">
        <div className="desk-bar">
          <h1 className="unseen">Nodes of {bot}</h1>
          <button type="button" className="strong" onClick={() => setSheet('add')}>Add a node</button>
          <a className="button" href={hrefOf({ screen: 'new', bot })}>New integration</a>
          <button type="button" className="quiet" disabled={!history.past.length} onClick={() => void undo().catch(() => {})}>Undo</button>
          <button type="button" className="quiet" disabled={!history.future.length} onClick={() => void redo().catch(() => {})}>Redo</button>
          <p className="state" role="status">{state}</p>
          {worries.length > 0 && <button type="button" className="odd" onClick={() => setSheet('problems')}>{worries.length === 1 ? '1 thing to look at' : `${worries.length} things to look at`}</button>}
          <div className="segments" role="group" aria-label="Shown as">
            <label><input type="radio" name="shown" checked={!list} onChange={() => setList(false)} />Graph</label>
            <label><input type="radio" name="shown" checked={list} onChange={() => setList(true)} />List</label>
          </div>
          <button type="button" onClick={() => setSheet('live')}>Go live</button>
        </div>
        {saving.error !== undefined && <div className="desk-note"><Trouble error={saving.error} /></div>}
        <div className={`build-parts${node ? ' with-panel' : ''}`}>
          <div className="build-main">
            {names.length === 0 ? (
              <div className="empty"><p>This bot is empty. A node is one step of a conversation: what users say to get there, what the bot asks, and what it answers.</p>
                <button type="button" className="strong" onClick={() => setSheet('add')}>Add the first node</button></div>
            ) : list ? <NodeList selected={node} worries={worries} /> : (
              <Suspense fallback={<p className="loading" role="status">Drawing …</p>}><Canvas selected={node} worries={worries} onDelete={setDoomed} /></Suspense>
            )}
          </div>
          {node && <NodePanel key={node} name={node} tab={tab} onDelete={() => setDoomed([node])} />}
        </div>
        {sheet === 'add' && <AddNode onClose={() => setSheet(undefined)} />}
        {sheet === 'live' && <Sheet title="Go live" onClose={() => setSheet(undefined)}><Release /></Sheet>}
        {sheet === 'problems' && (
          <Sheet title="Worth a look" onClose={() => setSheet(undefined)}>
            <ul className="stack">{worries.map((one) => (
              <li key={`${one.node} ${one.words}`}><a href={hrefOf({ screen: 'bot', bot, node: one.node, tab: one.tab })} onClick={() => setSheet(undefined)}>{one.words}</a></li>))}</ul>
          </Sheet>
        )}
        {doomed.length > 0 && (
          <Sheet title={doomed.length === 1 ? `Delete ${label(doomed[0]!)}?` : `Delete ${doomed.length} nodes?`} onClose={() => setDoomed([])}>
            {doomed.map((one) => <Going key={one} label={label(one)} parts={dependents(definition, one)} />)}
            <p className="hint">Undo brings it all back, as long as this page is open. What is live stays as it is until you go live again.</p>
            <div className="row"><button type="button" className="danger" data-first onClick={() => void remove()}>Delete</button><button type="button" onClick={() => setDoomed([])}>Keep</button></div>
          </Sheet>
        )}
      </main>
    </SavingProvider>
  );
}

function Going({ label, parts }: { label: string; parts: string[] }) {
  if (!parts.length) return <p><strong>{label}</strong> goes; nothing depends on it.</p>;
  return <div><p>With <strong>{label}</strong> goes:</p><ul className="dashes">{parts.map((one) => <li key={one}>{one}</li>)}</ul></div>;
}

function AddNode({ onClose }: { onClose: () => void }) {
  const { bot, definition } = useBot();
  const saving = useSaving();
  const [label, setLabel] = useState('');
  const [says, setSays] = useState('');
  const [answer, setAnswer] = useState('');
  const add = async () => {
    let made = '';
    const taken = await saving.save((d) => {
      made = freeName(d, label);
      return withNewNode(made, {
        label: label.trim(), start: says.trim() ? true : undefined, user_says: says.trim() ? [says.trim()] : undefined, bot_says: answer.trim() ? [answer.trim()] : undefined,
      })(d);
    });
    if (!taken) return;
    onClose();
    go({ screen: 'bot', bot, node: made, tab: says.trim() ? 'bot' : 'says' });
  };
  return (
    <Sheet title="Add a node" onClose={onClose}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); if (label.trim()) void add(); }}>
        <label className="field">Name<input value={label} data-first maxLength={200} placeholder="Track an order" onChange={(event) => setLabel(event.target.value)} />{label && <small>system name <code>{freeName(definition, label)}</code></small>}</label>
        <label className="field">What users say to get here, if anything<input value={says} maxLength={500} placeholder="where is my order" onChange={(event) => setSays(event.target.value)} /></label>
        <label className="field">What the bot answers, if you know already<input value={answer} maxLength={1000} onChange={(event) => setAnswer(event.target.value)} /></label>
        {saving.error !== undefined && <Trouble error={saving.error} />}
        <button type="submit" className="strong" disabled={!label.trim() || saving.busy}>Add it</button>
      </form>
    </Sheet>
  );
}
