import { expect, test } from 'vitest';
import { dropDraft, keepDraft, OwnDraft, readDraft } from '../src/shared/drafts';

function box(most = 10_000) {
  const all = new Map<string, string>();
  return {
    all,
    getItem: (key: string) => all.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError');
      all.set(key, value);
    },
    removeItem: (key: string) => void all.delete(key),
  };
}

test('what is kept comes back, and is gone once it is dropped', () => {
  const here = box();
  expect(keepDraft('k', { text: 'नमस्ते', base: '', at: 5 }, here)).toBe(true);
  expect(readDraft('k', here)).toEqual({ text: 'नमस्ते', base: '', at: 5 });
  dropDraft('k', here);
  expect(readDraft('k', here)).toBeUndefined();
});

test('a full store is told, not hidden', () => {
  expect(keepDraft('k', { text: 'x'.repeat(20_000), base: '', at: 0 }, box())).toBe(false);
});

test('what something else left in the store is no draft', () => {
  const here = box();
  for (const odd of ['', '{', 'null', '5', '[]', '{"text":5,"base":""}']) {
    here.all.set('patchbay:draft:k', odd);
    expect(readDraft('k', here)).toBeUndefined();
  }
});

test('a tab drops its own draft, and not the one that another tab keeps', () => {
  const here = box();
  const [one, two] = [new OwnDraft('k', here), new OwnDraft('k', here)];
  one.keep({ text: 'one', base: '', at: 0 });
  two.keep({ text: 'two', base: '', at: 0 });
  one.keep(undefined);
  expect(readDraft('k', here)?.text).toBe('two');
  expect(one.read()?.text).toBe('two');
  one.keep(undefined);
  expect(readDraft('k', here)).toBeUndefined();
});

test('a tab hears what another made of its draft', () => {
  const here = box();
  const [one, two] = [new OwnDraft('k', here), new OwnDraft('k', here)];
  const heard = () => one.heard({ key: 'patchbay:draft:k', newValue: here.getItem('patchbay:draft:k') });
  one.keep({ text: 'one', base: '', at: 0 });
  two.keep({ text: 'two', base: '', at: 0 });
  expect(heard()).toBe('other');
  two.keep({ text: 'one', base: '', at: 1 });
  expect(heard()).toBe('same');
  two.keep(undefined);
  expect(heard()).toBe('gone');
  expect(one.heard({ key: null, newValue: null })).toBe('gone');
  expect(one.heard({ key: 'patchbay:draft:other', newValue: null })).toBeUndefined();
});
