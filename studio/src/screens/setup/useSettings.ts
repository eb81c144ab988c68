// A part of the definition that is typed into a form: what is typed stays until it is saved, and
// another's change of the same part is told.

import { useRef, useState } from 'react';
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
  /** Whether it is saved now. */
  save(): Promise<boolean>;
  drop(): void;
}

export function useSettings<T>(name: string, part: (definition: Definition) => T, change: (definition: Definition, value: T) => Definition): Settings<T> {
  const { bot, definition, edit, reload } = useBot();
  const key = `part:${bot}:${name}`;
  const there = part(definition);
  const [typed, showTyped] = useState<T | undefined>(() => {
    const kept = readDraft(key)?.text;
    try {
      // One that an older studio kept may lack a part.
      return kept === undefined ? undefined : { ...there, ...JSON.parse(kept) as T };
    } catch {
      return undefined;
    }
  });
  const latest = useRef(typed);
  const setTyped = (value: T | undefined) => {
    latest.current = value;
    showTyped(value);
  };
  const [state, setState] = useState<{ busy: boolean; saved: boolean; error?: unknown; conflict?: Conflict }>({ busy: false, saved: false });
  const dirty = typed !== undefined && JSON.stringify(typed) !== JSON.stringify(there);
  const finish = (saved: boolean) => {
    setTyped(undefined);
    dropDraft(key);
    setState({ busy: false, saved });
  };
  const save = async () => {
    if (typed === undefined) return true;
    setState({ busy: true, saved: false });
    try {
      await edit(part, (d) => change(d, typed));
    } catch (error) {
      const conflict = error instanceof Conflict ? error : undefined;
      setState({ busy: false, saved: false, error: conflict ? undefined : error, conflict });
      if (conflict) void reload();
      return false;
    }
    // What was typed meanwhile stays.
    if (latest.current === typed) finish(true);
    else setState({ busy: false, saved: false });
    return true;
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
    save,
    drop: () => finish(false),
  };
}
