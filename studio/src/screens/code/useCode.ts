// The code of a node: as saved, as typed, and whether the two differ. What is typed is kept in this
// browser until it is saved.

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/client';
import { codePlace } from '../../bot/useBot';
import { dropDraft, keepDraft, readDraft } from '../../shared/drafts';
import { Conflict, save as saveAt } from '../../shared/saving';
import type { Fault } from '../../editor/faults';

export interface Code {
  /** What the editor begins with, undefined until it is loaded; not what is typed since. */
  text?: string;
  /** Grows when the text is to replace what was typed. */
  epoch: number;
  dirty: boolean;
  saving: boolean;
  error?: unknown;
  conflict?: Conflict;
  /** A draft of an earlier visit was put back. */
  restored: boolean;
  /** False where this browser keeps nothing. */
  kept: boolean;
  faults: Fault[];
  type(text: string): void;
  /** Whether it is saved now. */
  save(): Promise<boolean>;
  settle(text: string): Promise<boolean>;
  revert(): void;
  setFaults(faults: Fault[]): void;
  load(): void;
}

const KEEP_MILLIS = 400;

export function useCode(bot: string, node: string): Code {
  const key = `code:${bot}:${node}`;
  const saved = useRef({ text: '', revision: '' });
  const typed = useRef<string>(undefined);
  const [{ text, epoch }, setShown] = useState<{ text?: string; epoch: number }>({ epoch: 0 });
  const setText = useCallback((now: string) => setShown((was) => ({ text: now, epoch: was.epoch + 1 })), []);
  const [state, setState] = useState({ dirty: false, saving: false, restored: false, kept: true });
  const [error, setError] = useState<unknown>();
  const [conflict, setConflict] = useState<Conflict>();
  const [faults, setFaults] = useState<Fault[]>([]);
  const place = useCallback(() => codePlace(bot, node), [bot, node]);

  const load = useCallback(() => {
    setError(undefined);
    place().read().catch((failure: unknown) => {
      // A node without code yet begins with none.
      if (failure instanceof ApiError && failure.code === 'not_found') return { text: '', revision: '' };
      throw failure;
    }).then((now) => {
      const draft = readDraft(key);
      const text = draft && draft.text !== now.text ? draft.text : now.text;
      saved.current = { text: draft && draft.text !== now.text ? draft.base : now.text, revision: now.revision };
      typed.current = text;
      setText(text);
      setState({ dirty: text !== now.text, saving: false, restored: text !== now.text, kept: true });
    }, setError);
  }, [place, key, setText]);
  useEffect(load, [load]);

  const keep = useCallback(() => {
    if (typed.current === undefined) return;
    if (typed.current === saved.current.text) dropDraft(key);
    else {
      const kept = keepDraft(key, { text: typed.current, base: saved.current.text, at: Date.now() });
      setState((was) => (was.kept === kept ? was : { ...was, kept }));
    }
  }, [key]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => {
    clearTimeout(timer.current);
    keep();
  }, [keep]);

  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      keep();
      if (typed.current !== undefined && typed.current !== saved.current.text) event.preventDefault();
    };
    addEventListener('beforeunload', leaving);
    return () => removeEventListener('beforeunload', leaving);
  }, [keep]);

  const type = useCallback((now: string) => {
    typed.current = now;
    const dirty = now !== saved.current.text;
    setState((was) => (was.dirty === dirty ? was : { ...was, dirty }));
    clearTimeout(timer.current);
    timer.current = setTimeout(keep, KEEP_MILLIS);
  }, [keep]);

  const write = useCallback(async (mine: string, base: string, revision: string) => {
    setState((was) => ({ ...was, saving: true }));
    try {
      const done = await saveAt(place(), base, mine, revision);
      saved.current = { text: mine, revision: done.revision };
      setState((was) => ({ ...was, saving: false, restored: false, dirty: typed.current !== mine }));
      setConflict(undefined);
      setError(undefined);
      setFaults(done.result.problems);
      keep();
      return true;
    } catch (failure) {
      setState((was) => ({ ...was, saving: false }));
      if (failure instanceof Conflict) setConflict(failure);
      else setError(failure);
      keep();
      return false;
    }
  }, [place, keep]);

  const save = useCallback(async () => {
    const mine = typed.current;
    if (mine === undefined) return false;
    if (mine === saved.current.text) return true;
    return write(mine, saved.current.text, saved.current.revision);
  }, [write]);

  /** Ends a conflict with what is to be there from now on. */
  const settle = useCallback(async (text: string) => {
    if (!conflict) return false;
    typed.current = text;
    setText(text);
    return write(text, conflict.theirs, conflict.revision);
  }, [conflict, write, setText]);

  const revert = useCallback(() => {
    dropDraft(key);
    typed.current = undefined;
    load();
  }, [key, load]);

  return { text, epoch, ...state, error, conflict, faults, type, save, settle, revert, setFaults, load };
}
