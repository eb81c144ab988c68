// The sample inputs of a node: which there are, which one is used, and what is typed into it.

import { useCallback, useMemo, useState } from 'react';
import { del, get } from '../../api/client';
import { samplePayload } from '../../bot/definition';
import { putSample, useBot } from '../../bot/useBot';
import { dropDraft, keepDraft, readDraft } from '../../shared/drafts';
import { pretty } from '../../shared/format';
import { readSample, type Read } from './samples';

export interface Samples {
  names: string[];
  name: string;
  text: string;
  /** What the editor begins with; it grows when the text is to replace what was typed. */
  epoch: number;
  dirty: boolean;
  read: Read;
  choose(name: string): void;
  type(text: string): void;
  add(name: string, payload?: unknown): Promise<void>;
  save(): Promise<void>;
  remove(): Promise<void>;
  /** The input of the last chat message that reached this node; undefined where there is none. */
  fromChat(): Promise<unknown>;
}

export function useSamples(node: string): Samples {
  const { bot, definition, reload } = useBot();
  const [all, setAll] = useState<Record<string, unknown>>(() => definition.samples?.[node] ?? {});
  const names = Object.keys(all).sort((a, b) => Number(b === 'default') - Number(a === 'default') || a.localeCompare(b));
  const [name, setName] = useState(() => names[0] ?? 'default');
  const key = `sample:${bot}:${node}:`;
  const saved = useCallback((which: string) => pretty(all[which] ?? samplePayload(node, definition.nodes?.[node], definition.entities)), [all, definition, node]);
  const [text, setText] = useState(() => readDraft(key + name)?.text ?? saved(name));
  const [epoch, setEpoch] = useState(0);
  const show = (other: string) => {
    setText(other);
    setEpoch((was) => was + 1);
  };
  const dirty = text !== saved(name);

  const type = (typed: string) => {
    setText(typed);
    if (typed === saved(name)) dropDraft(key + name);
    else keepDraft(key + name, { text: typed, base: saved(name), at: Date.now() });
  };
  const choose = (which: string) => {
    setName(which);
    show(readDraft(key + which)?.text ?? saved(which));
  };
  const store = async (which: string, payload: unknown) => {
    await putSample(bot, node, which, payload);
    dropDraft(key + which);
    setAll((was) => ({ ...was, [which]: payload }));
    void reload();
  };
  const read = useMemo(() => readSample(text), [text]);
  const save = async () => {
    if ('payload' in read) {
      await store(name, read.payload);
      show(pretty(read.payload));
    }
  };
  const add = async (which: string, payload: unknown = 'payload' in read ? read.payload : {}) => {
    await store(which, payload);
    setName(which);
    show(pretty(payload));
  };
  const remove = async () => {
    await del('/api/v1/bots/{bot}/samples/{node}/{name}', { path: { bot, node, name } });
    dropDraft(key + name);
    const left = Object.fromEntries(Object.entries(all).filter(([which]) => which !== name));
    setAll(left);
    const next = Object.keys(left)[0] ?? 'default';
    setName(next);
    void reload();
    show(readDraft(key + next)?.text ?? pretty(left[next] ?? samplePayload(node, definition.nodes?.[node], definition.entities)));
  };
  const fromChat = async () => {
    const { data } = await get('/api/v1/bots/{bot}/invocations', { path: { bot }, query: { node, origin: 'CHAT', limit: 1 } });
    const id = data?.invocations[0]?.invocation_id;
    return id === undefined ? undefined : (await get('/api/v1/invocations/{id}', { path: { id } })).data?.input;
  };
  return { names, name, text, epoch, dirty, read, choose, type, add, save, remove, fromChat };
}
