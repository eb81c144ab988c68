// The code of a node: as saved, as typed, and whether the two differ. What is typed is kept in this
// browser until it is saved.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { codePlace } from '../../bot/useBot';
import { OwnDraft, type Draft } from '../../shared/drafts';
import { Conflict } from '../../shared/saving';
import { Typed } from '../../shared/typed';
import type { Fault } from '../../editor/faults';

/** Where what is typed is kept: nowhere; or there, but another tab's is kept in its place. */
export type Kept = 'here' | 'nowhere' | 'other';

interface State {
  dirty: boolean;
  /** What is typed is not what was run last. */
  changedSince: boolean;
  saving: boolean;
  /** A draft of an earlier visit was put back. */
  restored: boolean;
  kept: Kept;
}

export interface Code extends State {
  /** What the editor begins with, undefined until it is loaded; not what is typed since. */
  text?: string;
  /** Grows when the text is to replace what was typed. */
  epoch: number;
  error?: unknown;
  /** What somebody else saved meanwhile; whether its differences are to be shown. */
  conflict?: Conflict;
  conflictShown: boolean;
  faults: Fault[];
  /** What is typed at this moment. */
  current(): string;
  type(text: string): void;
  /** Replaces what is typed, and saves. */
  replace(text: string): Promise<boolean>;
  /** Whether it is saved now. */
  save(): Promise<boolean>;
  showConflict(shown: boolean): void;
  /** Ends a conflict with what is typed. */
  overrule(): Promise<boolean>;
  /** Shows what is saved, and drops what is typed. */
  revert(): void;
  setFaults(faults: Fault[]): void;
  load(): void;
  /** What is saved is about to be run; gives whether something else is typed since. */
  run(): () => boolean;
}

const KEEP_MILLIS = 400;
const FIRST: State = { dirty: false, changedSince: false, saving: false, restored: false, kept: 'here' };

export function useCode(bot: string, node: string): Code {
  const { code, draft, place } = useMemo(() => ({
    code: new Typed(), draft: new OwnDraft(`code:${bot}:${node}`), place: codePlace(bot, node),
  }), [bot, node]);
  const ran = useRef<string>(undefined);
  const pending = useRef<Promise<unknown>>(undefined);
  const [{ text, epoch }, setShown] = useState<{ text?: string; epoch: number }>({ epoch: 0 });
  const [state, setState] = useState(FIRST);
  const [error, setError] = useState<unknown>();
  const [conflict, setConflict] = useState<{ what?: Conflict; shown: boolean }>({ shown: false });
  const [faults, setFaults] = useState<Fault[]>([]);
  const show = useCallback((now: string) => setShown((was) => ({ text: now, epoch: was.epoch + 1 })), []);

  const tell = useCallback((change: Partial<State> = {}) => setState((was) => {
    const now = { ...was, ...change, dirty: code.dirty, changedSince: ran.current !== undefined && code.text !== ran.current };
    return (Object.keys(now) as (keyof State)[]).every((key) => now[key] === was[key]) ? was : now;
  }), [code]);

  const keep = useCallback(() => {
    if (code.text !== undefined) tell({ kept: draft.keep(code.draft()) ? 'here' : 'nowhere' });
  }, [code, draft, tell]);

  const begin = useCallback((there: { text: string; revision: string }, kept?: Draft) => {
    const restored = code.open(there, kept);
    if (!restored) draft.keep(undefined);
    show(code.text!);
    setConflict({ what: code.conflict, shown: false });
    tell({ ...FIRST, restored });
  }, [code, draft, show, tell]);
  const load = useCallback(() => {
    setError(undefined);
    place.read().then((there) => begin(there, draft.read()), setError);
  }, [place, begin, draft]);
  useEffect(load, [load]);
  const revert = useCallback(() => {
    setError(undefined);
    place.read().then((there) => begin(there), setError);
  }, [place, begin]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => {
    clearTimeout(timer.current);
    keep();
  }, [keep]);

  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      keep();
      if (code.dirty) event.preventDefault();
    };
    const otherTab = (event: StorageEvent) => {
      const heard = code.dirty ? draft.heard(event) : undefined;
      if (heard === 'gone') keep();
      else if (heard) tell({ kept: heard === 'same' ? 'here' : 'other' });
    };
    addEventListener('beforeunload', leaving);
    addEventListener('storage', otherTab);
    return () => {
      removeEventListener('beforeunload', leaving);
      removeEventListener('storage', otherTab);
    };
  }, [code, draft, keep, tell]);

  const current = useCallback(() => code.text ?? '', [code]);
  const type = useCallback((now: string) => {
    code.text = now;
    tell();
    clearTimeout(timer.current);
    timer.current = setTimeout(keep, KEEP_MILLIS);
  }, [code, keep, tell]);

  const save = useCallback(async () => {
    while (pending.current) await pending.current;
    if (code.text === undefined) return false;
    const attempt = code.save(place);
    pending.current = attempt.catch(() => {});
    if (code.dirty) tell({ saving: true });
    try {
      const done = await attempt;
      setConflict({ shown: false });
      setError(undefined);
      if (done) setFaults(done.problems);
      tell({ restored: false });
      return true;
    } catch (failure) {
      if (failure instanceof Conflict) setConflict({ what: failure, shown: true });
      else setError(failure);
      return false;
    } finally {
      pending.current = undefined;
      keep();
      tell({ saving: false });
    }
  }, [code, place, keep, tell]);

  const replace = useCallback((now: string) => {
    code.text = now;
    show(now);
    return save();
  }, [code, show, save]);
  const showConflict = useCallback((shown: boolean) => setConflict((was) => ({ ...was, shown })), []);
  const overrule = useCallback(() => {
    code.overrule();
    setConflict({ shown: false });
    return save();
  }, [code, save]);
  const run = useCallback(() => {
    const now = ran.current = code.there.text;
    tell();
    return () => code.text !== now;
  }, [code, tell]);

  return {
    text, epoch, ...state, error, conflict: conflict.what, conflictShown: conflict.shown, faults,
    current, type, replace, save, showConflict, overrule, revert, setFaults, load, run,
  };
}
