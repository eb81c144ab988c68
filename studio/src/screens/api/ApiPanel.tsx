import { useEffect, useMemo, useRef, useState } from 'react';
import { labelOf, type ApiIntegration } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { Split } from '../../shared/Split';
import { Tabs } from '../../shared/Tabs';
import { Trouble } from '../../shared/Trouble';
import { useEverywhere } from '../../shared/useEverywhere';
import { Logs } from '../code/Logs';
import { More } from '../code/More';
import { Network } from '../code/Network';
import { RunOutput } from '../code/RunOutput';
import { SampleInput } from '../code/SampleInput';
import { useRun } from '../code/useRun';
import { useSamples } from '../code/useSamples';
import { SaveNotes } from '../setup/SaveNotes';
import { SaveRow } from '../setup/SaveRow';
import { useSettings } from '../setup/useSettings';
import { ApiFields } from './ApiFields';
import { Exchange } from './Exchange';
import { apiForm } from './form';

/** Where the API is and how it is called on one side; on the other, a test of it. */
export function ApiPanel({ node, integration }: { node: string; integration: ApiIntegration }) {
  const { bot, definition } = useBot();
  const settings = useSettings(useMemo(() => apiForm(node), [node]));
  const samples = useSamples(node);
  const run = useRun(bot, node);
  const [tab, setTab] = useState('exchange');
  // The form as it was on the server when the test was sent whose result is shown.
  const [sent, setSent] = useState('');
  const desk = useRef<HTMLElement>(null);
  const label = labelOf(node, definition.nodes?.[node], definition.language);
  const send = async () => {
    if (run.running || settings.busy) return;
    if (!('payload' in samples.read)) {
      setTab('input');
      return;
    }
    if (settings.dirty && !(await settings.save())) return;
    const asSent = JSON.stringify(settings.there());
    setTab('exchange');
    desk.current?.querySelector('.tabs')?.scrollIntoView();
    await run.run(samples.read.payload);
    setSent(asSent);
  };
  useEverywhere('Enter', () => void send());
  useEverywhere('s', () => void settings.save());
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => settings.dirty && event.preventDefault();
    addEventListener('beforeunload', leaving);
    return () => removeEventListener('beforeunload', leaving);
  }, [settings.dirty]);

  const { result } = run;
  const old = sent !== JSON.stringify(settings.value);
  const state = settings.busy ? 'Saving …' : settings.clashes.length ? 'Not saved: choose whose is to stay' : settings.dirty ? 'Not saved; kept in this browser' : 'Saved';
  return (
    <main id="content" tabIndex={-1} className="desk" ref={desk}>
      <div className="desk-bar">
        <h1>{label}</h1>
        <p className="state" role="status">{state}</p>
        <button type="button" className="strong" disabled={settings.busy} aria-busy={run.running} onClick={() => void send()}>{settings.dirty ? 'Save and send test' : 'Send test'}</button>
        <More node={node} />
      </div>
      <SaveNotes settings={settings} />
      <Split start={40}>
        <form className="scrolled" onSubmit={(event) => event.preventDefault()}>
          <ApiFields value={settings.value} saved={integration} onChange={settings.change} />
          <SaveRow settings={settings} />
        </form>
        <Tabs label="Test" current={tab} onChange={setTab} tabs={[
          { id: 'exchange', label: 'Request and response', body: run.error !== undefined ? <Trouble error={run.error} onRetry={() => void send()} />
            : run.running ? <p role="status">Waiting for the API …</p>
              : result ? <Exchange result={result} old={old} />
                : <p className="empty"><span>Send test posts the sample input to the staging address and shows both sides. No user sees it.</span><span>Saving and sending is one key: <kbd>Ctrl</kbd> <kbd>Enter</kbd></span></p> },
          { id: 'output', label: 'In the chat', body: result ? <RunOutput result={result} bot={bot} old={old} /> : <p className="empty">Here stands what the bot would say.</p> },
          { id: 'network', label: 'Network', body: <><Network attempts={result?.egress ?? []} />{(result?.logs ?? []).length > 0 && <Logs lines={result?.logs ?? []} />}</> },
          { id: 'input', label: `Sample input${samples.dirty ? ' •' : ''}`, body: <SampleInput samples={samples} onRun={() => void send()} /> },
        ]} />
      </Split>
    </main>
  );
}
