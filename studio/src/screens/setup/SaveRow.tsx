import { Trouble } from '../../shared/Trouble';
import type { Settings } from './useSettings';

/** Save, what became of it, and what to do where two people changed the same. */
export function SaveRow<T>({ settings }: { settings: Settings<T> }) {
  const { dirty, busy, saved, error, conflict, save, drop } = settings;
  return (
    <>
      {conflict && (
        <div className="note odd" role="alert">
          <p>Somebody else changed this meanwhile. It is now:</p>
          <pre className="json">{conflict.theirs}</pre>
          <p>Saving again replaces it with what you typed.</p>
        </div>
      )}
      {error !== undefined && <Trouble error={error} />}
      <div className="row">
        <button type="submit" className="strong" disabled={!dirty || busy} onClick={(event) => { event.preventDefault(); void save(); }}>{conflict ? 'Save mine over theirs' : 'Save'}</button>
        {dirty && <button type="button" className="quiet" onClick={drop}>Drop changes</button>}
        <span role="status" className="muted">{busy ? 'Saving …' : dirty ? 'Not saved' : saved ? 'Saved' : ''}</span>
      </div>
    </>
  );
}
