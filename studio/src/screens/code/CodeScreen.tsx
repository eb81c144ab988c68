import { useMemo, useRef, useState } from 'react';
import { labelOf } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { Editor } from '../../editor';
import { Split } from '../../shared/Split';
import { Tabs } from '../../shared/Tabs';
import { Trouble } from '../../shared/Trouble';
import { useEverywhere } from '../../shared/useEverywhere';
import { Logs } from './Logs';
import { More } from './More';
import { Network } from './Network';
import { OthersChange } from './OthersChange';
import { RunOutput } from './RunOutput';
import { SampleInput } from './SampleInput';
import type { Read } from './samples';
import { useCode, type Code } from './useCode';
import { useRun } from './useRun';
import { useSamples } from './useSamples';

/** Code on one side, on the other what it was given and what came of it. */
export function CodeScreen({ node }: { node: string }) {
  const { bot, definition } = useBot();
  const code = useCode(bot, node);
  const samples = useSamples(node);
  const run = useRun(bot, node);
  const [tab, setTab] = useState('output');
  const [ranInput, setRanInput] = useState<string>();
  const label = labelOf(node, definition.nodes?.[node], definition.language);
  const names = useMemo(() => ({
    entities: Object.keys(definition.entities ?? {}), variables: Object.keys(definition.variables ?? {}),
  }), [definition]);

  const saveAndRun = async () => {
    if (!(await code.save())) return;
    if (!('payload' in samples.read)) {
      setTab('input');
      return;
    }
    setTab('output');
    const changedSince = code.run();
    setRanInput(textOfInput(samples.read));
    const result = await run.run(samples.read.payload);
    const line = result?.error?.line;
    if (!result || changedSince()) return;
    code.setFaults(result.error && line ? [{ line, message: result.error.message }] : []);
  };
  // A key that is pressed twice comes again before the page is drawn anew.
  const started = useRef(false);
  const start = async () => {
    if (started.current) return;
    started.current = true;
    await saveAndRun().finally(() => (started.current = false));
  };
  useEverywhere('Enter', () => void start());
  useEverywhere('s', () => void code.save());

  const result = run.result;
  const output = run.error !== undefined ? <Trouble error={run.error} onRetry={() => void start()} />
    : run.running ? <p role="status">Running …</p>
      : result ? <RunOutput result={result} bot={bot} old={code.changedSince || ranInput !== textOfInput(samples.read)} onLine={(line) => code.setFaults([{ line, message: result.error?.message ?? '' }])} />
        : <p className="empty"><span>Run executes the saved code with the sample input.</span><span>Saving and running is one key: <kbd>Ctrl</kbd> <kbd>Enter</kbd></span></p>;

  return (
    <main id="content" tabIndex={-1} className="desk">
      <div className="desk-bar">
        <h1>{label}</h1>
        <StateLine code={code} />
        <button type="button" disabled={!code.dirty || code.saving} onClick={() => void code.save()}>Save</button>
        <button type="button" className="strong" disabled={code.text === undefined} aria-busy={run.running} onClick={() => void start()}>
          {code.dirty ? 'Save and run' : 'Run'}
        </button>
        <More node={node} code={code} />
      </div>
      {code.error !== undefined && <div className="desk-note"><Trouble error={code.error} onRetry={() => (code.text === undefined ? code.load() : void code.save())} /></div>}
      {code.restored && !code.conflict && (
        <p className="desk-note note odd" role="status">These are changes that were not saved in an earlier visit. <button type="button" onClick={code.revert}>Drop them</button></p>
      )}
      {code.kept === 'nowhere' && <p className="desk-note note odd" role="alert">This browser keeps nothing: save before you leave.</p>}
      {code.dirty && code.kept === 'other' && <p className="desk-note note odd" role="alert">Another tab of this browser has other changes of this code, and only those are kept: save these before you leave.</p>}
      {code.conflict && (
        <OthersChange what="code" language="python" conflict={code.conflict} mine={code.current} restored={code.restored} open={code.conflictShown} onOpen={code.showConflict}
          onMine={() => void code.overrule()} onTheirs={code.revert} />
      )}
      <Split>
        {code.text === undefined ? <p className="loading">{code.error === undefined && 'Loading …'}</p> : (
          <Editor text={code.text} epoch={code.epoch} language="python" label={`Python code of ${label}`} onChange={code.type} faults={code.faults} names={names}
            onSave={() => void code.save()} onRun={() => void start()} />
        )}
        <Tabs label="Run" current={tab} onChange={setTab} tabs={[
          { id: 'output', label: 'Run output', body: <div aria-live="polite" className="stack">{output}</div> },
          { id: 'logs', label: `Logs${count(result?.logs)}`, body: <Logs lines={result?.logs ?? []} /> },
          { id: 'network', label: `Network${count(result?.egress)}`, body: <Network attempts={result?.egress ?? []} /> },
          { id: 'input', label: `Sample input${samples.dirty ? ' •' : ''}`, body: <SampleInput samples={samples} onRun={() => void start()} /> },
        ]} />
      </Split>
    </main>
  );
}

const textOfInput = (read: Read) => ('payload' in read ? JSON.stringify(read.payload) : undefined);

const count = (list: unknown[] | undefined) => (list?.length ? ` (${list.length})` : '');

function StateLine({ code }: { code: Code }) {
  const text = code.text === undefined ? '' : code.saving ? 'Saving …' : code.dirty ? `Not saved${code.kept === 'here' ? '; kept in this browser' : ''}` : 'Saved';
  const problems = !code.dirty && code.faults.length > 0 ? `; line ${code.faults[0]!.line} is wrong` : '';
  return <p className="state" role="status">{text}{problems}</p>;
}
