import { expect, test } from 'vitest';
import { ApiError } from '../src/api/client';
import type { Entry } from '../src/chat/useChat';
import { forgetChats, keptChat, MOST_CHARACTERS, testUser } from '../src/screens/chat/kept';

class Box {
  readonly all = new Map<string, string>();
  full = false;
  get length() { return this.all.size; }
  key(index: number) { return [...this.all.keys()][index] ?? null; }
  getItem(name: string) { return this.all.get(name) ?? null; }
  removeItem(name: string) { this.all.delete(name); }
  setItem(name: string, text: string) {
    if (this.full) throw new Error('full');
    this.all.set(name, text);
  }
  clear() { this.all.clear(); }
}

const said = (id: string, shown = 'hello', error?: unknown): Entry => ({ kind: 'user', id, shown, message: { text: shown } as never, error });

test('what was said and typed is there again, for its bot and environment only', () => {
  const box = new Box();
  const staging = keptChat('a', 'staging', 'me', box);
  staging.keep({ entries: [said('1')], cut: false });
  staging.keepTyped('half a mess');
  expect(keptChat('a', 'staging', 'me', box).read()).toMatchObject({ entries: [{ id: '1', shown: 'hello' }], cut: false, typed: 'half a mess' });
  for (const other of [keptChat('a', 'production', 'me', box), keptChat('b', 'staging', 'me', box)]) expect(other.read()).toEqual({ entries: [], cut: false, typed: '' });
});

test('a failure is a failure again, in the same words', () => {
  const chat = keptChat('a', 'staging', 'me', new Box());
  chat.keep({ entries: [said('1', 'hello', new ApiError(409, 'not_deployed', 'Nothing is live', 'Deploy first'))], cut: false });
  const [entry] = chat.read().entries;
  expect(entry?.kind === 'user' && entry.error).toBeInstanceOf(ApiError);
  expect(entry).toMatchObject({ error: { code: 'not_deployed', message: 'Deploy first' } });
});

test('of a long conversation the newest is kept, and that it was longer', () => {
  const box = new Box();
  const chat = keptChat('a', 'staging', 'me', box);
  chat.keep({ entries: Array.from({ length: 50 }, (_, index) => said(String(index), 'x'.repeat(10_000))), cut: false });
  const { entries, cut } = chat.read();
  expect(cut).toBe(true);
  expect(entries.at(-1)?.id).toBe('49');
  expect(Math.max(...[...box.all.values()].map((text) => text.length))).toBeLessThan(MOST_CHARACTERS * 1.1);
});

test('a tab that keeps nothing, or what is unreadable, is an empty chat and no older one', () => {
  const box = new Box();
  const chat = keptChat('a', 'staging', 'me', box);
  chat.keep({ entries: [said('1')], cut: false });
  box.full = true;
  chat.keep({ entries: [said('1'), said('2')], cut: false });
  expect(chat.read().entries).toEqual([]);
  expect(keptChat('a', 'staging', 'me', undefined).read().entries).toEqual([]);
  box.full = false;
  chat.keep({ entries: [said('1')], cut: false });
  for (const text of ['{', '5', '{"entries":[null,{"id":1},{"kind":"bot","id":"x"}]}']) {
    box.all.forEach((_, name) => box.all.set(name, text));
    expect(chat.read().entries).toEqual([]);
  }
});

test('signing out forgets every conversation and nothing else', () => {
  const box = new Box();
  box.setItem('patchbay:environment:a', 'staging');
  keptChat('a', 'staging', 'me', box).keep({ entries: [said('1')], cut: false });
  keptChat('b', 'staging', 'me', box).keepTyped('words');
  forgetChats(box);
  expect([...box.all.keys()]).toEqual(['patchbay:environment:a']);
});

test('a tab talks as one user until it signs out, another tab as another', () => {
  const [tab, other] = [new Box(), new Box()];
  const user = testUser(tab);
  expect(testUser(tab)).toBe(user);
  expect(testUser(other)).not.toBe(user);
  forgetChats(tab);
  expect(testUser(tab)).not.toBe(user);
  expect(testUser(undefined)).toMatch(/^studio-/);
});
