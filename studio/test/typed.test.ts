import { expect, test } from 'vitest';
import { ApiError } from '../src/api/client';
import type { Conflict } from '../src/shared/saving';
import { Typed } from '../src/shared/typed';

/** A server with one text; each write is one revision, and waits where it is told to. */
function server(text: string) {
  let revision = 1;
  const there = {
    text,
    wait: Promise.resolve(),
    get now() {
      return { text: there.text, revision: String(revision) };
    },
    read: async () => there.now,
    write: async (mine: string, wanted: string) => {
      await there.wait;
      if (wanted !== String(revision)) throw new ApiError(412, 'stale', 'Stale', '');
      there.text = mine;
      return { revision: String(++revision), result: 'done' };
    },
    others: (now: string) => {
      revision++;
      there.text = now;
    },
  };
  return there;
}

const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error as Conflict);

test('a draft whose base is no longer there is a conflict at once, and nothing is overwritten', async () => {
  const place = server('base');
  place.others('theirs');
  const typed = new Typed();
  expect(typed.open(place.now, { text: 'mine', base: 'base', at: 0 })).toBe(true);
  expect(typed.text).toBe('mine');
  expect(typed.conflict).toMatchObject({ base: 'base', theirs: 'theirs', mine: 'mine', revision: '2' });
  expect(await failure(typed.save(place))).toMatchObject({ theirs: 'theirs' });
  expect(place.text).toBe('theirs');
  expect(typed.draft(5)).toEqual({ text: 'mine', base: 'base', at: 5 });
});

test('a draft whose base is still there goes on, and one that is there already is none', async () => {
  const place = server('base');
  const typed = new Typed();
  typed.open(place.now, { text: 'mine', base: 'base', at: 0 });
  expect(typed.conflict).toBeUndefined();
  expect(await typed.save(place)).toBe('done');
  expect(place.text).toBe('mine');
  expect(typed.open(place.now, { text: 'mine', base: 'base', at: 0 })).toBe(false);
  expect(typed.conflict).toBeUndefined();
  expect(typed.draft()).toBeUndefined();
});

test('overruling saves what is typed by then, not what was typed when the conflict came', async () => {
  const place = server('base');
  const typed = new Typed();
  typed.open(place.now);
  typed.text = 'mine';
  place.others('theirs');
  await failure(typed.save(place));
  typed.text = 'mine and more';
  expect(typed.conflict).toMatchObject({ theirs: 'theirs', mine: 'mine and more' });
  typed.overrule();
  expect(typed.conflict).toBeUndefined();
  await typed.save(place);
  expect(place.text).toBe('mine and more');
});

test('who overrules is told when there is yet another change', async () => {
  const place = server('base');
  const typed = new Typed();
  typed.open(place.now);
  typed.text = 'mine';
  place.others('theirs');
  await failure(typed.save(place));
  place.others('theirs again');
  typed.overrule();
  expect(await failure(typed.save(place))).toMatchObject({ theirs: 'theirs again' });
  typed.giveWay();
  expect([typed.text, typed.dirty, typed.conflict]).toEqual(['theirs again', false, undefined]);
});

test('with a conflict, what the typing began with is not taken for what is there', async () => {
  const place = server('base');
  place.others('theirs');
  const typed = new Typed();
  typed.open(place.now, { text: 'mine', base: 'base', at: 0 });
  typed.text = 'base';
  expect(typed.dirty).toBe(true);
  typed.text = 'theirs';
  expect([typed.dirty, typed.conflict]).toEqual([false, undefined]);
  await typed.save(place);
  typed.text = 'mine';
  expect(typed.conflict).toBeUndefined();
});

test('what is typed while it is saved stays, and is not saved', async () => {
  const place = server('base');
  let go = () => {};
  place.wait = new Promise((resolve) => (go = resolve));
  const typed = new Typed();
  typed.open(place.now);
  typed.text = 'one';
  const saving = typed.save(place, (text) => text.toUpperCase());
  typed.text = 'two';
  go();
  await saving;
  expect([place.text, typed.text, typed.dirty]).toEqual(['ONE', 'two', true]);
  await typed.save(place, (text) => text.toUpperCase());
  expect([place.text, typed.text, typed.dirty]).toEqual(['TWO', 'TWO', false]);
});
