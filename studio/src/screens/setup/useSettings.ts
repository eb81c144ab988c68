// A part of the definition that is typed into a form: what is typed stays until it is saved, comes
// together with what others save in other fields, and another's change of the same field is told.

import { useEffect, useRef, useState } from 'react';
import type { Definition } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { dropDraft, keepDraft, readDraft } from '../../shared/drafts';
import { afterSave, differs, merge, restored, settled, type Clash, type Field, type Typed } from '../../shared/merging';

export interface Form<T> {
  /** Of the draft in this browser. */
  name: string;
  /** Every key of the values stands in one of them. */
  fields: Field<T>[];
  part(definition: Definition): T;
  /** The definition with these values; throws where there is no place for them. */
  change(definition: Definition, value: T): Definition;
}

export interface Settings<T> {
  value: T;
  dirty: boolean;
  busy: boolean;
  saved: boolean;
  error: unknown;
  /** What others changed too since the typing began. Nothing is saved until that is settled. */
  clashes: Clash<T>[];
  /** Grows with each save that was refused. */
  refusals: number;
  change(some: Partial<T>): void;
  /** Whether it is saved now. */
  save(): Promise<boolean>;
  /** Ends the clashes: mine is saved over theirs, or theirs is taken. */
  settle(whose: 'mine' | 'theirs'): Promise<boolean>;
  drop(): void;
  /** As on the server, as far as this page knows. */
  there(): T;
}

class Refused extends Error {}

export function useSettings<T extends object>({ name, fields, part, change }: Form<T>): Settings<T> {
  const { bot, definition, edit } = useBot();
  const key = `part:${bot}:${name}`;
  const there = part(definition);
  const [typed, showTyped] = useState(() => restored(fields, readDraft(key), there));
  // Calls that wait for the server go on with what is typed and there by then.
  const latest = useRef({ typed, there });
  latest.current.there = there;
  useEffect(() => {
    if (!latest.current.typed) dropDraft(key);
  }, [key]);
  const [state, setState] = useState<{ busy: boolean; saved: boolean; error?: unknown; refusals: number }>({ busy: false, saved: false, refusals: 0 });

  const keep = (next: Typed<T>) => {
    const kept = differs(next.mine, next.base) ? next : undefined;
    latest.current.typed = kept;
    showTyped(kept);
    if (kept) keepDraft(key, { text: JSON.stringify(kept.mine), base: JSON.stringify(kept.base), at: Date.now() });
    else dropDraft(key);
  };
  const merged = () => {
    const now = latest.current.there;
    return merge(fields, latest.current.typed ?? { base: now, mine: now }, now);
  };
  const refuse = (error?: unknown) => {
    setState((was) => ({ busy: false, saved: false, error, refusals: was.refusals + 1 }));
    return false;
  };
  const save = async () => {
    const sent = latest.current.typed;
    if (!sent) return true;
    if (merged().clashes.length) return refuse();
    setState((was) => ({ ...was, busy: true, saved: false, error: undefined }));
    try {
      const now = part(await edit((d) => {
        const { mine, clashes } = merge(fields, sent, part(d));
        if (clashes.length) throw new Refused();
        return change(d, mine);
      }));
      latest.current.there = now;
      keep(afterSave(sent.mine, latest.current.typed?.mine ?? sent.mine, now));
    } catch (error) {
      return refuse(error instanceof Refused ? undefined : error);
    }
    setState((was) => ({ ...was, busy: false, saved: latest.current.typed === undefined }));
    return true;
  };
  const { mine: value, clashes } = typed ? merge(fields, typed, there) : { mine: there, clashes: [] };
  return {
    value,
    dirty: differs(value, there),
    ...state,
    error: state.error,
    clashes,
    change: (some) => {
      const { base, mine } = merged();
      keep({ base, mine: { ...mine, ...some } });
      setState((was) => (was.saved ? { ...was, saved: false } : was));
    },
    save,
    settle: async (whose) => {
      keep(settled(merged(), latest.current.there, whose));
      return whose === 'theirs' || save();
    },
    drop: () => {
      keep({ base: there, mine: there });
      setState((was) => ({ ...was, saved: false, error: undefined }));
    },
    there: () => latest.current.there,
  };
}
