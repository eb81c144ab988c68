// A conversation with a bot: what was said, and sending with retries that run a turn only once.

import { useCallback, useEffect, useRef, useState } from 'react';
import { del, post, type Environment, type Schemas } from '../api/client';
import type { Choice } from '../hsl/model';
import { randomId } from '../shared/format';

export type Entry =
  | { kind: 'user'; id: string; shown: string; message: Schemas['ChatMessage']; error?: unknown }
  | { kind: 'bot'; id: string; turn: Schemas['Turn']; environment: Environment };

export interface Chat {
  entries: Entry[];
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

export function useChat(bot: string, environment: Environment, user: string): Chat {
  const [entries, setEntries] = useState<Entry[]>([]);
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>();
  const round = useRef(0);

  const clear = useCallback(() => {
    round.current++;
    setEntries([]);
    setWaiting(false);
    setError(undefined);
  }, []);
  useEffect(clear, [bot, environment, user, clear]);

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
  }, [bot, environment]);

  const say = useCallback((choice: Choice) => {
    // One id for all tries: the server runs the turn once, however often it hears of it.
    const id = randomId();
    const message = { message_id: id, user: { auth_id: user, device_platform: DEVICE_PLATFORM }, ...choice.message } as Schemas['ChatMessage'];
    setEntries((was) => [...was, { kind: 'user', id, shown: choice.shown, message }]);
    void deliver(id, message);
  }, [deliver, user]);

  const again = useCallback((id: string) => {
    const entry = entries.find((one) => one.id === id);
    if (entry?.kind !== 'user') return;
    setEntries((was) => was.map((one) => (one.id === id ? { ...one, error: undefined } as Entry : one)));
    void deliver(id, entry.message);
  }, [entries, deliver]);

  const takeBack = useCallback((id: string) => setEntries((was) => was.filter((entry) => entry.id !== id)), []);

  const restart = useCallback(() => {
    del('/api/v1/bots/{bot}/users/{auth_id}/conversation', { path: { bot, auth_id: user }, query: { environment } }).then(clear, setError);
  }, [bot, user, environment, clear]);

  return { entries, waiting, error, say, again, takeBack, restart };
}
