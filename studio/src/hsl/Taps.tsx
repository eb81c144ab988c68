import { objectsOf, tapOf, type Choice, type Json } from './model';

/** Things to tap; what only phones can do is shown switched off. */
export function Taps({ actionables, kind, onChoose }: { actionables: Json; kind: 'quick' | 'buttons'; onChoose?: (choice: Choice) => void }) {
  const all = objectsOf(actionables);
  if (!all.length) return null;
  return (
    <div className={`taps ${kind}`} role="group" aria-label={kind === 'quick' ? 'Quick replies' : 'Buttons'}>
      {all.map((actionable, index) => {
        const tap = tapOf(actionable);
        switch (tap.kind) {
          case 'link':
            return <a key={index} className="button" href={tap.url} target="_blank" rel="noopener noreferrer">{tap.label}<span className="unseen"> (opens in a new tab)</span></a>;
          case 'say':
            return <button key={index} type="button" disabled={!onChoose} onClick={() => onChoose?.(tap.choice)}>{tap.label}</button>;
          case 'off':
            return <button key={index} type="button" disabled title={tap.why}>{tap.label}</button>;
        }
      })}
    </div>
  );
}
