// Saving at once: every change of the panel and of the canvas becomes the draft, one after the other.

import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { Change } from '../../bot/changes';
import { useBot } from '../../bot/useBot';

export interface Saving {
  /** False where the server did not take it; the error is shown until the next change. */
  save(change: Change): Promise<boolean>;
  busy: boolean;
  error: unknown;
  /** Whether something is typed in this field that is not saved yet. */
  typed(field: string, yes: boolean): void;
  typing: boolean;
}

const Current = createContext<Saving | undefined>(undefined);
export const SavingProvider = Current.Provider;

export function useSave(): Saving {
  const saving = useContext(Current);
  if (!saving) throw new Error('outside of the builder');
  return saving;
}

export function useSaving(): Saving {
  const { edit } = useBot();
  const [running, setRunning] = useState(0);
  const [error, setError] = useState<unknown>();
  const save = useCallback<Saving['save']>(async (change) => {
    setRunning((count) => count + 1);
    try {
      await edit(change);
      setError(undefined);
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setRunning((count) => count - 1);
    }
  }, [edit]);
  const fields = useRef(new Set<string>());
  const [typing, setTyping] = useState(false);
  const typed = useCallback((field: string, yes: boolean) => {
    if (yes) fields.current.add(field);
    else fields.current.delete(field);
    setTyping(fields.current.size > 0);
  }, []);
  return useMemo(() => ({ save, busy: running > 0, error, typed, typing }), [save, running, error, typed, typing]);
}
