// A conversation on screen and what is being typed, kept in this tab so that leaving the screen or
// reloading the page does not lose sight of what goes on at the server.

import { ApiError, type Environment, type Schemas } from '../../api/client';
import type { Entry, Held, Memory } from '../../chat/useChat';
import { randomId } from '../../shared/format';

const PREFIX = 'patchbay:chat:';
const USER = `${PREFIX}user`;

/** Browsers keep about five million characters for all of a tab. */
export const MOST_CHARACTERS = 200_000;

type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
type KeptError = Pick<ApiError, 'status' | 'code' | 'title' | 'message'> & { problems: Schemas['ContentProblem'][] };

const box = (): Storage | undefined => {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
};

export function keptChat(bot: string, environment: Environment, user: string, at: Box | undefined = box()): Memory {
  const name = PREFIX + JSON.stringify([bot, environment, user]);
  return {
    read: () => ({ ...readEntries(at, name), typed: attempt(() => at?.getItem(`${name}:typed`)) ?? '' }),
    keep: (held) => write(at, name, held.entries.length || held.cut ? fitted(held) : ''),
    keepTyped: (typed) => write(at, `${name}:typed`, typed),
  };
}

/** One for this tab until it signs out, so that no conversation goes on which is not on screen. */
export function testUser(at: Box | undefined = box()): string {
  const known = attempt(() => at?.getItem(USER));
  if (known) return known;
  const fresh = `studio-${randomId(6)}`;
  attempt(() => at?.setItem(USER, fresh));
  return fresh;
}

export function forgetChats(at: Storage | undefined = box()): void {
  attempt(() => {
    if (!at) return;
    const names = Array.from({ length: at.length }, (_, index) => at.key(index) ?? '');
    for (const name of names) if (name.startsWith(PREFIX)) at.removeItem(name);
  });
}

/** The newest entries that fit. */
function fitted({ entries, cut }: Held): string {
  const kept: string[] = [];
  let size = 0;
  for (const entry of entries.toReversed()) {
    const text = JSON.stringify(entry.kind === 'user' && entry.error !== undefined ? { ...entry, error: plain(entry.error) } : entry);
    size += text.length;
    if (size > MOST_CHARACTERS) break;
    kept.unshift(text);
  }
  return `{"cut":${Boolean(cut) || kept.length < entries.length},"entries":[${kept.join(',')}]}`;
}

function plain(error: unknown): KeptError {
  if (error instanceof ApiError) return { status: error.status, code: error.code, title: error.title, message: error.message, problems: error.problems };
  return { status: 0, code: '', title: 'Something failed in this page.', message: error instanceof Error ? error.message : String(error), problems: [] };
}

function readEntries(at: Box | undefined, name: string): Held {
  const read = attempt(() => JSON.parse(at?.getItem(name) || 'null') as Partial<Held> | null);
  if (!read || !Array.isArray(read.entries)) return { entries: [], cut: false };
  return { entries: read.entries.filter(isEntry).map(revived), cut: Boolean(read.cut) };
}

function isEntry(entry: Partial<Entry> | null): entry is Entry {
  if (!entry || typeof entry.id !== 'string') return false;
  if (entry.kind === 'bot') return Array.isArray(entry.turn?.messages);
  return entry.kind === 'user' && typeof entry.shown === 'string' && typeof entry.message === 'object';
}

function revived(entry: Entry): Entry {
  if (entry.kind !== 'user' || entry.error === undefined) return entry;
  const { status, code, title, message, problems } = entry.error as KeptError;
  return { ...entry, error: new ApiError(status, code, title, message, problems) };
}

/** What cannot be kept is dropped: an old conversation would be untrue. */
function write(at: Box | undefined, name: string, text: string): void {
  attempt(() => at?.removeItem(name));
  if (text) attempt(() => at?.setItem(name, text));
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
