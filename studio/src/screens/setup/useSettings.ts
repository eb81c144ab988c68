// A part of the definition that is typed into a form: what is typed stays until it is saved, and
// another's change of the same part is told.

import { useState } from 'react';
import type { Definition } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { Conflict } from '../../shared/saving';
import { dropDraft, keepDraft, readDraft } from '../../shared/drafts';

export interface Settings<T> {
  value: T;
  dirty: boolean;
  busy: boolean;
  saved: boolean;
  error: unknown;
  conflict?: Conflict;
  change(value: T): void;
  save(): void;
  drop(): void;
}

export function useSettings<T>(name: string, part: (definition: Definition) => T, change: (definition: Definition, value: T) => Definition): Settings<T> {
  const { bot, definition, edit, reload } = useBot();
  const key = `part:${bot}:${name}`;
  const there = part(definition);
  const [typed, setTyped] = useState<T | undefined>(() => {
    const kept = readDraft(key)?.text;
    try {
      return kept === undefined ? undefined : JSON.parse(kept) as T;
    } catch {
      return undefined;
    }
  });
  const [state, setState] = useState<{ busy: boolean; saved: boolean; error?: unknown; conflict?: Conflict }>({ busy: false, saved: false });
  const dirty = typed !== undefined && JSON.stringify(typed) !== JSON.stringify(there);
  const finish = (saved: boolean) => {
    setTyped(undefined);
    dropDraft(key);
    setState({ busy: false, saved });
  };
  return {
    value: typed ?? there,
    dirty,
    ...state,
    error: state.error,
    change: (value) => {
      setTyped(value);
      setState((was) => (was.saved ? { ...was, saved: false } : was));
      keepDraft(key, { text: JSON.stringify(value), base: JSON.stringify(there) ?? '', at: Date.now() });
    },
    save: () => {
      if (typed === undefined) return;
      setState({ busy: true, saved: false });
      edit(part, (d) => change(d, typed)).then(() => finish(true), (error: unknown) => {
        const conflict = error instanceof Conflict ? error : undefined;
        setState({ busy: false, saved: false, error: conflict ? undefined : error, conflict });
        if (conflict) void reload();
      });
    },
    drop: () => finish(false),
  };
}
