import { useEffect, useRef } from 'react';
import { Trouble } from '../../shared/Trouble';
import type { Settings } from './useSettings';

/** Why it is not saved: what others changed too, with both values and whose is to stay, or a failure. */
export function SaveNotes<T>({ settings }: { settings: Settings<T> }) {
  const { clashes, error, busy, refusals, settle } = settings;
  const note = useRef<HTMLDivElement>(null);
  const shown = clashes.length > 0 || error !== undefined;
  // The button that was pressed may be far from here.
  useEffect(() => {
    if (shown) note.current?.scrollIntoView({ block: 'nearest' });
  }, [shown, refusals]);
  if (!shown) return null;
  return (
    <div className="desk-note stack" ref={note}>
      {clashes.length > 0 && (
        <div className="note odd stack" role="alert">
          <p>Not saved: somebody else changed {clashes.length === 1 ? 'this' : 'these'} too since you began. Nothing is saved or sent until you choose.</p>
          <ul className="clashes">
            {clashes.map(({ field, mine, theirs }) => (
              <li key={field.label}><strong>{field.label}</strong><dl><dt>Theirs</dt><dd><Text value={theirs} /></dd><dt>Yours</dt><dd><Text value={mine} /></dd></dl></li>
            ))}
          </ul>
          <div className="row">
            <button type="button" disabled={busy} onClick={() => void settle('mine')}>Save mine over theirs</button>
            <button type="button" disabled={busy} onClick={() => void settle('theirs')}>Take theirs, drop mine</button>
          </div>
        </div>
      )}
      {error !== undefined && <Trouble error={error} />}
    </div>
  );
}

const Text = ({ value }: { value: string }) => (value ? <code dir="auto">{value}</code> : <em>nothing</em>);
