// The sample inputs of a node: which there are, which one is used, and what is typed into it.

import { useMemo, useReducer, useState } from 'react';
import { del, get } from '../../api/client';
import { samplePayload } from '../../bot/definition';
import { putSample, readSampleText, useBot } from '../../bot/useBot';
import { OwnDraft } from '../../shared/drafts';
import { pretty } from '../../shared/format';
import { Conflict, type Place } from '../../shared/saving';
import { Typed } from '../../shared/typed';
import { freeName, readSample, SAMPLE_NAME, type Read } from './samples';

export interface Samples {
  names: string[];
  name: string;
  text: string;
  /** What the editor begins with; it grows when the text is to replace what was typed. */
  epoch: number;
  dirty: boolean;
  read: Read;
  /** What somebody else saved meanwhile; whether its differences are to be shown. */
  conflict?: Conflict;
  conflictShown: boolean;
  /** The sample that was removed last, which can be put back. */
  removed?: string;
  choose(name: string): void;
  type(text: string): void;
  add(name: string, payload?: unknown): Promise<void>;
  save(): Promise<void>;
  showConflict(shown: boolean): void;
  /** Ends a conflict with what is typed, or with what is saved. */
  overrule(): Promise<void>;
  giveWay(): void;
  remove(): Promise<void>;
  putBack(): Promise<void>;
  /** Makes a sample of the last chat message that reached this node; false where there is none. */
  takeFromChat(name: string): Promise<boolean>;
}

interface Entry {
  typed: Typed;
  draft: OwnDraft;
}

export function useSamples(node: string): Samples {
  const { bot, definition, revision, reload } = useBot();
  // As they were when this began, under the revision that they belong to.
  const [first] = useState(() => ({
    samples: { ...definition.samples?.[node] } as Record<string, unknown>, revision,
    none: pretty(samplePayload(node, definition.nodes?.[node], definition.entities)),
  }));
  const [entries] = useState(() => new Map<string, Entry>());
  const [known, setKnown] = useState(() => Object.keys(first.samples));
  const names = [...known].sort((a, b) => Number(b === 'default') - Number(a === 'default') || a.localeCompare(b));
  const [name, setName] = useState(() => names[0] ?? 'default');
  const [epoch, show] = useReducer((was: number) => was + 1, 0);
  const [, draw] = useReducer((was: number) => was + 1, 0);
  const [conflictShown, showConflict] = useState(false);
  const [removed, setRemoved] = useState<{ name: string; payload: unknown; text: string }>();

  const begun = (which: string, there: string, withDraft: boolean): Entry => {
    const entry = { typed: new Typed(), draft: new OwnDraft(`sample:${bot}:${node}:${which}`) };
    entry.typed.open({ text: there, revision: first.revision }, withDraft ? entry.draft.read() : undefined);
    entries.set(which, entry);
    return entry;
  };
  const entryOf = (which: string) => entries.get(which)
    ?? begun(which, Object.hasOwn(first.samples, which) ? pretty(first.samples[which]) : first.none, true);
  const place = (which: string): Place<void> => ({
    read: async () => {
      const now = await readSampleText(bot, node, which);
      // Where it was removed there is nothing of anybody's to lose.
      return { text: now.text ?? entryOf(which).typed.there.text, revision: now.revision };
    },
    write: async (text, ifMatch) => ({ revision: (await putSample(bot, node, which, JSON.parse(text), ifMatch)).etag, result: undefined }),
  });

  const { typed } = entryOf(name);
  const text = typed.text!;
  const read = useMemo(() => readSample(text), [text]);

  const type = (now: string) => {
    const { typed, draft } = entryOf(name);
    typed.text = now;
    draft.keep(typed.draft());
    draw();
  };
  const choose = (which: string) => {
    setName(which);
    showConflict(false);
    show();
  };
  const store = async (which: string) => {
    const { typed, draft } = entryOf(which);
    try {
      await typed.save(place(which), (now) => {
        const read = readSample(now);
        return 'payload' in read ? pretty(read.payload) : now;
      });
      setKnown((was) => (was.includes(which) ? was : [...was, which]));
      void reload();
    } catch (failure) {
      if (!(failure instanceof Conflict)) throw failure;
      showConflict(true);
    } finally {
      draft.keep(typed.draft());
      show();
    }
  };
  const save = async () => {
    if ('payload' in read) await store(name);
  };
  const add = async (which: string, payload: unknown = 'payload' in read ? read.payload : {}) => {
    begun(which, '', false).typed.text = pretty(payload);
    choose(which);
    await store(which);
  };
  const overrule = async () => {
    typed.overrule();
    await save();
  };
  const giveWay = () => {
    const { typed, draft } = entryOf(name);
    typed.giveWay();
    draft.keep(undefined);
    show();
  };
  const remove = async () => {
    // As it is there, which may be another's.
    const there = await readSampleText(bot, node, name);
    if (there.text !== undefined) await del('/api/v1/bots/{bot}/samples/{node}/{name}', { path: { bot, node, name } });
    const { typed, draft } = entryOf(name);
    setRemoved({ name, payload: there.text === undefined ? undefined : JSON.parse(there.text), text: typed.text! });
    draft.keep(undefined);
    entries.delete(name);
    delete first.samples[name];
    setKnown((was) => was.filter((which) => which !== name));
    choose(names.find((which) => which !== name) ?? 'default');
    void reload();
  };
  const putBack = async () => {
    if (!removed) return;
    const lost = readSample(removed.text);
    await add(removed.name, removed.payload ?? ('payload' in lost ? lost.payload : {}));
    setRemoved(undefined);
    const { typed, draft } = entryOf(removed.name);
    typed.text = removed.text;
    draft.keep(typed.draft());
    show();
  };
  const takeFromChat = async (wanted: string) => {
    const { data } = await get('/api/v1/bots/{bot}/invocations', { path: { bot }, query: { node, origin: 'CHAT', limit: 1 } });
    const id = data?.invocations[0]?.invocation_id;
    const input: unknown = id === undefined ? undefined : (await get('/api/v1/invocations/{id}', { path: { id } })).data?.input;
    if (input === undefined) return false;
    await add(freeName(SAMPLE_NAME.test(wanted) ? wanted : 'from_chat', names), input);
    return true;
  };
  return {
    names, name, text, epoch, dirty: typed.dirty, read, conflict: typed.conflict, conflictShown, removed: removed?.name,
    choose, type, add, save, showConflict, overrule, giveWay, remove, putBack, takeFromChat,
  };
}
