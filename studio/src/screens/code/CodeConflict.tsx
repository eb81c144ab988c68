import { Diff } from '../../editor';
import type { Conflict } from '../../shared/saving';
import { Sheet } from '../../shared/Sheet';
import { useState } from 'react';

/** Two people changed the same code: what differs, and whose is to stay. */
export function CodeConflict({ conflict, onSettle }: { conflict: Conflict; onSettle: (text: string) => Promise<boolean> }) {
  const [open, setOpen] = useState(true);
  if (!open) {
    return <p className="desk-note note odd" role="alert">Not saved: somebody else changed this code. <button type="button" onClick={() => setOpen(true)}>Look at the differences</button></p>;
  }
  return (
    <Sheet title="Somebody else changed this code" wide onClose={() => setOpen(false)}>
      <p>Since you began, other code was saved. Struck-through lines are theirs, marked lines are yours. Nothing is lost until you choose.</p>
      <Diff before={conflict.theirs} after={conflict.mine} label="Differences between their code and yours" />
      <div className="row">
        <button type="button" className="strong" onClick={() => void onSettle(conflict.mine)}>Save mine over theirs</button>
        <button type="button" onClick={() => void onSettle(conflict.theirs)}>Take theirs, drop mine</button>
        <button type="button" className="quiet" onClick={() => setOpen(false)}>Go on editing</button>
      </div>
    </Sheet>
  );
}
