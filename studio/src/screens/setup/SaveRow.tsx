import type { Settings } from './useSettings';

/** Save, and what became of it. */
export function SaveRow<T>({ settings }: { settings: Settings<T> }) {
  const { dirty, busy, saved, clashes, save, drop } = settings;
  return (
    <div className="row">
      <button type="submit" className="strong" disabled={!dirty || busy || clashes.length > 0} onClick={(event) => { event.preventDefault(); void save(); }}>Save</button>
      {dirty && <button type="button" className="quiet" onClick={drop}>Drop changes</button>}
      <span role="status" className="muted">{busy ? 'Saving …' : clashes.length ? 'Not saved: choose whose is to stay' : dirty ? 'Not saved' : saved ? 'Saved' : ''}</span>
    </div>
  );
}
