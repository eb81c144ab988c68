import { useMemo, useState } from 'react';
import { Editor } from '../../editor';
import { useAction } from '../../shared/useAsync';
import { Trouble } from '../../shared/Trouble';
import { OthersChange } from './OthersChange';
import { SAMPLE_NAME } from './samples';
import type { Samples } from './useSamples';

/** What Run gives to the integration: named, kept with the bot, or taken from a conversation. */
export function SampleInput({ samples, onRun }: { samples: Samples; onRun: () => void }) {
  const [fresh, setFresh] = useState('');
  const [said, setSaid] = useState('');
  const action = useAction();
  const wrong = 'wrong' in samples.read ? samples.read : undefined;
  const faults = useMemo(() => (wrong ? [{ line: wrong.line, message: wrong.wrong }] : []), [wrong?.line, wrong?.wrong]);
  const names = samples.names.includes(samples.name) ? samples.names : [samples.name, ...samples.names];
  const taken = samples.names.includes(fresh);
  const take = () => action.run(async () => {
    setSaid(await samples.takeFromChat(fresh) ? 'Taken from the last chat message that reached this node.' : 'No chat message has reached this node yet.');
  });
  return (
    <>
      <div className="row">
        <label className="field">Sample
          <select value={samples.name} onChange={(event) => samples.choose(event.target.value)}>
            {names.map((name) => <option key={name}>{name}</option>)}
          </select>
        </label>
        <label className="field">New sample
          <input value={fresh} placeholder="name" onChange={(event) => setFresh(event.target.value)} aria-invalid={taken || fresh !== '' && !SAMPLE_NAME.test(fresh)} />
        </label>
      </div>
      <div className="row">
        <button type="button" disabled={!samples.dirty || Boolean(wrong) || action.busy} onClick={() => action.run(samples.save)}>Save sample</button>
        <button type="button" disabled={!SAMPLE_NAME.test(fresh) || taken || Boolean(wrong) || action.busy} onClick={() => action.run(async () => { await samples.add(fresh); setFresh(''); })}>Save as new</button>
        <button type="button" disabled={action.busy} onClick={take}>Take from the chat</button>
        {samples.names.length > 1 && <button type="button" className="danger" disabled={action.busy} onClick={() => action.run(samples.remove)}>Remove</button>}
      </div>
      {fresh !== '' && !SAMPLE_NAME.test(fresh) && <p className="wrong">A name has up to 64 letters, digits, _ and -.</p>}
      {taken && <p className="wrong">There is a sample of this name already.</p>}
      {said && <p className="note" role="status">{said}</p>}
      {samples.removed !== undefined && (
        <p className="note" role="status">The sample {samples.removed} is removed. <button type="button" disabled={action.busy} onClick={() => action.run(samples.putBack)}>Put it back</button></p>
      )}
      {samples.conflict && (
        <OthersChange what="sample" language="json" conflict={samples.conflict} mine={() => samples.text} open={samples.conflictShown} onOpen={samples.showConflict}
          onMine={() => action.run(samples.overrule)} onTheirs={samples.giveWay} />
      )}
      {action.error !== undefined && <Trouble error={action.error} />}
      {wrong && <p className="wrong" role="status">{wrong.wrong}</p>}
      <div className="sample-editor">
        <Editor key={samples.name} text={samples.text} epoch={samples.epoch} language="json" label={`Sample input ${samples.name}`} onChange={samples.type} faults={faults} onRun={onRun} onSave={() => { if (!wrong) action.run(samples.save); }} />
      </div>
    </>
  );
}
