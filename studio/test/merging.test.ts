import { expect, test } from 'vitest';
import { afterSave, differs, merge, restored, settled, type Field } from '../src/shared/merging';

interface Values {
  path: string;
  override: boolean;
  url: string;
  timeout: string;
}

const FIELDS: Field<Values>[] = [
  { label: 'Address', keys: ['path', 'override', 'url'], words: ({ override, url, path }) => (override ? url : path) },
  { label: 'Timeout', keys: ['timeout'] },
];
const BASE: Values = { path: '/a', override: false, url: '', timeout: '10s' };
const typed = (some: Partial<Values>, base = BASE) => ({ base, mine: { ...base, ...some } });

test('what others saved in another field comes in, and what was typed stays', () => {
  const merged = merge(FIELDS, typed({ path: '/mine' }), { ...BASE, timeout: '7s' });
  expect(merged.mine).toEqual({ ...BASE, path: '/mine', timeout: '7s' });
  expect(merged.clashes).toEqual([]);
});

test('a change of the same field is a clash with both values, and goes on being one when more is typed', () => {
  const there = { ...BASE, path: '/theirs', timeout: '7s' };
  const merged = merge(FIELDS, typed({ path: '/mine' }), there);
  expect(merged.clashes).toEqual([{ field: FIELDS[0], mine: '/mine', theirs: '/theirs' }]);
  expect(merged.mine).toEqual({ ...BASE, path: '/mine', timeout: '7s' });
  const more = merge(FIELDS, { base: merged.base, mine: { ...merged.mine, timeout: '8s' } }, there);
  expect(more.clashes).toHaveLength(1);
  expect(more.mine.timeout).toBe('8s');
});

test('fields that belong together clash together', () => {
  const merged = merge(FIELDS, typed({ override: true, url: 'https://mine' }), { ...BASE, path: '/theirs' });
  expect(merged.clashes).toMatchObject([{ mine: 'https://mine', theirs: '/theirs' }]);
});

test('the same change by both is none, and neither is what was typed and taken back', () => {
  expect(merge(FIELDS, typed({ path: '/same' }), { ...BASE, path: '/same' }).clashes).toEqual([]);
  expect(merge(FIELDS, typed({}), { ...BASE, path: '/theirs' })).toMatchObject({ mine: { path: '/theirs' }, clashes: [] });
});

test('a clash ends with mine or with theirs, and a later change of others is a new one', () => {
  const there = { ...BASE, path: '/theirs' };
  const merged = merge(FIELDS, typed({ path: '/mine', timeout: '8s' }), there);
  expect(settled(merged, there, 'theirs').mine).toEqual({ ...BASE, path: '/theirs', timeout: '8s' });
  const mine = settled(merged, there, 'mine');
  expect(merge(FIELDS, mine, there)).toMatchObject({ mine: { path: '/mine' }, clashes: [] });
  expect(merge(FIELDS, mine, { ...there, path: '/third' }).clashes).toHaveLength(1);
});

test('what is typed while it is saved stays, upon what was saved', () => {
  const sent = { ...BASE, path: ' /mine ' };
  const there = { ...BASE, path: '/mine', timeout: '7s' };
  expect(afterSave(sent, { ...sent, url: 'x' }, there)).toEqual({ base: there, mine: { ...there, url: 'x' } });
  const done = afterSave(sent, sent, there);
  expect(differs(done.mine, done.base)).toBe(false);
});

test('a draft comes back with what was there when it began', () => {
  const kept = { text: JSON.stringify({ ...BASE, path: '/mine' }), base: JSON.stringify(BASE) };
  const back = restored(FIELDS, kept, { ...BASE, path: '/theirs' });
  expect(merge(FIELDS, back!, { ...BASE, path: '/theirs' }).clashes).toHaveLength(1);
});

test('a draft of which nothing is unsaved is none, whatever others saved since', () => {
  const untouched = { text: JSON.stringify(BASE), base: JSON.stringify(BASE) };
  expect(restored(FIELDS, untouched, { ...BASE, path: '/theirs' })).toBeUndefined();
  expect(restored(FIELDS, { ...untouched, text: JSON.stringify({ ...BASE, path: '/b' }) }, { ...BASE, path: '/b' })).toBeUndefined();
  for (const text of ['', '{', '5', 'null']) expect(restored(FIELDS, { text, base: '{}' }, BASE)).toBeUndefined();
});

test('a draft of an older studio may lack a part', () => {
  expect(restored(FIELDS, { text: '{"path":"/mine"}', base: '' }, BASE)).toEqual(typed({ path: '/mine' }));
});
