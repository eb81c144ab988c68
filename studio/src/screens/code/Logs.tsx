import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { time } from '../../shared/format';

const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR'];

/** Log lines with a filter; beyond the first two thousand, filtering finds the others. */
const SHOWN = 2000;

export function Logs({ lines }: { lines: Schemas['LogLine'][] }) {
  const [least, setLeast] = useState('');
  const [text, setText] = useState('');
  if (!lines.length) return <p className="empty">What code prints or logs appears here.</p>;
  const from = LEVELS.indexOf(least);
  const fits = lines.filter((line) =>
    (from < 0 || Math.max(LEVELS.indexOf(line.level), line.level === 'CRITICAL' ? 3 : 0) >= from)
    && line.message.toLowerCase().includes(text.toLowerCase()));
  return (
    <>
      <div className="row">
        <select aria-label="Least level" className="narrow" value={least} onChange={(event) => setLeast(event.target.value)}>
          <option value="">All levels</option>
          {LEVELS.slice(1).map((level) => <option key={level} value={level}>{level} and above</option>)}
        </select>
        <input className="field" type="search" aria-label="Filter the log" placeholder="Filter" value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <p className="unseen" role="status">{fits.length} of {lines.length} lines</p>
      <ol className="log-lines">
        {fits.slice(0, SHOWN).map((line, index) => (
          <li key={index} className={`level-${line.level.toLowerCase()}`}><span className="muted">{time(line.time)} {line.level}</span> <bdi>{line.message}</bdi></li>
        ))}
      </ol>
      {fits.length > SHOWN && <p className="note">The first {SHOWN} of {fits.length} lines. Filter to see others.</p>}
      {!fits.length && <p className="empty">No line fits.</p>}
    </>
  );
}
