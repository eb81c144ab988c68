import { Diff } from '../../editor';
import type { Conflict } from '../../shared/saving';
import { Sheet } from '../../shared/Sheet';

interface Props {
  what: 'code' | 'sample';
  language: 'python' | 'json';
  conflict: Conflict;
  /** What is typed at this moment. */
  mine: () => string;
  /** What is typed comes from an earlier visit. */
  restored?: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  onMine: () => void;
  onTheirs: () => void;
}

/** Two people changed the same: what differs, and whose is to stay. */
export function OthersChange({ what, language, conflict, mine, restored, open, onOpen, onMine, onTheirs }: Props) {
  if (!open) {
    return (
      <p className="desk-note note odd" role="alert">
        {restored ? `These are changes of an earlier visit, not saved. Meanwhile somebody else saved this ${what} too. ` : `Not saved: somebody else changed this ${what}. `}
        <button type="button" onClick={() => onOpen(true)}>Look at the differences</button>
      </p>
    );
  }
  const settle = (choose: () => void) => () => {
    onOpen(false);
    choose();
  };
  return (
    <Sheet title={`Somebody else changed this ${what}`} wide onClose={() => onOpen(false)}>
      <p>Since you began, somebody else saved this {what} too. Struck-through lines are theirs, marked lines are yours. Nothing is lost until you choose.</p>
      <Diff before={conflict.theirs} after={mine()} language={language} label="Differences between theirs and yours" />
      <div className="row">
        <button type="button" className="strong" onClick={settle(onMine)}>Save mine over theirs</button>
        <button type="button" onClick={settle(onTheirs)}>Take theirs, drop mine</button>
        <button type="button" className="quiet" onClick={() => onOpen(false)}>Go on editing</button>
      </div>
    </Sheet>
  );
}
