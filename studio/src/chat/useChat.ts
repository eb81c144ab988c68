// A conversation with a bot: what was said, and sending with retries that run a turn only once.

import { useCallback, useEffect, useRef, useState } from 'react';
import { del, post, type Environment, type Schemas } from '../api/client';
import type { Choice } from '../hsl/model';
import { randomId } from '../shared/format';

export type Entry =
  | { kind: 'user'; id: string; shown: string; message: Schemas['ChatMessage']; error?: unknown }
  | { kind: 'bot'; id: string; turn: Schemas['Turn']; environment: Environment };

export interface Held {
  entries: Entry[];
  /** Entries before these are not kept. */
  cut: boolean;
}

/** Where the conversation is kept while the chat is not on screen. */
export interface Memory {
  read(): Held & { typed: string };
  keep(held: Held): void;
  keepTyped(typed: string): void;
}

export interface Chat extends Held {
  typed: string;
  setTyped(typed: string): void;
  waiting: boolean;
  error: unknown;
  say(choice: Choice): void;
  again(id: string): void;
  /** Takes a message that failed back, to be edited. */
  takeBack(id: string): void;
  restart(): void;
}

/** Web. */
const DEVICE_PLATFORM = 5;

const NOTHING = { entries: [], cut: false, typed: '' };

export function useChat(bot: string, environment: Environment, user: string, memory?: Memory): Chat {
  const place = JSON.stringify([bot, environment, user]);
  const opened = () => ({ place, ...(memory?.read() ?? NOTHING) });
  const [held, setHeld] = useState(opened);
  if (held.place !== place) setHeld(opened());
  const { entries, cut, typed } = held;
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>();
  const round = useRef(0);

  const setEntries = useCallback((change: (was: Entry[]) => Entry[]) => setHeld((was) => ({ ...was, entries: change(was.entries) })), []);
  const setTyped = useCallback((text: string) => setHeld((was) => ({ ...was, typed: text })), []);
  useEffect(() => memory?.keep({ entries, cut }), [place, entries, cut]);
  useEffect(() => memory?.keepTyped(typed), [place, typed]);

  const settle = useCallback(() => {
    round.current++;
    setWaiting(false);
    setError(undefined);
  }, []);

  const deliver = useCallback(async (id: string, message: Schemas['ChatMessage']) => {
    const mine = round.current;
    setWaiting(true);
    try {
      const { data } = await post('/api/v1/bots/{bot}/messages', { path: { bot }, query: { debug: true, environment }, body: message });
      if (mine !== round.current) return;
      setEntries((was) => [...was, { kind: 'bot', id: data!.turn_id, turn: data!, environment }]);
    } catch (failure) {
      if (mine !== round.current) return;
      setEntries((was) => was.map((entry) => (entry.id === id ? { ...entry, error: failure } as Entry : entry)));
    } finally {
      if (mine === round.current) setWaiting(false);
    }
  }, [bot, environment, setEntries]);

  // A reply that came while the chat was not on screen is asked for again, under the same id.
  useEffect(() => {
    const last = entries.at(-1);
    if (last?.kind === 'user' && last.error === undefined) void deliver(last.id, last.message);
    return settle;
  }, [place, settle]);

  const say = useCallback((choice: Choice) => {
    // One id for all tries: the server runs the turn once, however often it hears of it.
    const id = randomId();
    const message = { message_id: id, user: { auth_id: user, device_platform: DEVICE_PLATFORM }, ...choice.message } as Schemas['ChatMessage'];
    setEntries((was) => [...was, { kind: 'user', id, shown: choice.shown, message }]);
    void deliver(id, message);
  }, [deliver, setEntries, user]);

  const again = useCallback((id: string) => {
    const entry = entries.find((one) => one.id === id);
    if (entry?.kind !== 'user') return;
    setEntries((was) => was.map((one) => (one.id === id ? { ...one, error: undefined } as Entry : one)));
    void deliver(id, entry.message);
  }, [entries, deliver, setEntries]);

  const takeBack = useCallback((id: string) => setEntries((was) => was.filter((entry) => entry.id !== id)), [setEntries]);

  const restart = useCallback(() => {
    del('/api/v1/bots/{bot}/users/{auth_id}/conversation', { path: { bot, auth_id: user }, query: { environment } }).then(() => {
      settle();
      setHeld((was) => ({ ...was, entries: [], cut: false }));
    }, setError);
  }, [bot, user, environment, settle]);

  return { entries, cut, typed, setTyped, waiting, error, say, again, takeBack, restart };
}
