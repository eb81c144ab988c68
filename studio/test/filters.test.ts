import { expect, test } from 'vitest';
import { countOf, isFiltered, localOf, mayHaveReason, queryOf, readFilters, textOf, utc, writeFilters, type Filters } from '../src/screens/invocations/filters';
import { joined, PAGE, refreshed, type Page } from '../src/screens/invocations/pages';
import { hrefOf, placeOf } from '../src/router';

const ALL: Filters = {
  node: 'TRACK', outcome: 'failed', reason: 'timeout', environment: 'staging', origin: 'CHAT', version: 'draft',
  time: 'range', since: '2026-01-31T09:30:00.000Z', until: '2026-01-31T10:30:00.000Z', text: 'a&b=c #1 %_ नमस्ते',
};

test('filters come back from the address as they went in', () => {
  expect(readFilters(writeFilters(ALL))).toEqual(ALL);
  const place = { screen: 'invocations', bot: 'a?b', query: writeFilters(ALL) } as const;
  expect(placeOf(hrefOf(place))).toEqual({ ...place, id: undefined });
  expect(placeOf(hrefOf({ ...place, id: 'inv_1' }))).toEqual({ ...place, id: 'inv_1' });
  for (const filters of [{}, { time: '1h' }, { time: 'range' }, { text: 'x' }] satisfies Filters[]) expect(readFilters(writeFilters(filters))).toEqual(filters);
  expect(readFilters(undefined)).toEqual({});
});

test('an address that means nothing filters nothing', () => {
  expect(readFilters('outcome=ok&reason=bad&environment=x&origin=chat&time=2h&since=x&until=2026&text=%20&node=&other=1')).toEqual({});
  expect(readFilters('outcome=failed&outcome=x&text=%FF%ED%A0%80')).toMatchObject({ outcome: 'failed' });
  expect(readFilters('since=+275760-09-13T00:00:00Z&until=-000001-01-01T00:00:00Z')).toEqual({});
  expect(readFilters(`text=${'x'.repeat(500)}&version=${'v'.repeat(500)}`)).toEqual({ text: 'x'.repeat(200), version: 'v'.repeat(255) });
  expect(readFilters('since=2026-01-01T00:00:00Z&time=1h')).toEqual({ time: 'range', since: '2026-01-01T00:00:00.000Z' });
});

test('only what failed has a reason', () => {
  expect(mayHaveReason({})).toBe(true);
  expect(mayHaveReason({ outcome: 'failed' })).toBe(true);
  expect(mayHaveReason({ outcome: 'interrupted' })).toBe(false);
  expect(writeFilters({ outcome: 'succeeded', reason: 'timeout' })).toBe('outcome=succeeded');
});

test('a span of time is counted from the moment of the call', () => {
  const now = Date.UTC(2026, 0, 31, 12);
  expect(queryOf({ time: '15m', node: 'A' }, now)).toEqual({ node: 'A', since: '2026-01-31T11:45:00.000Z' });
  expect(queryOf({ time: '1h' }, now)).toEqual({ since: '2026-01-31T11:00:00.000Z' });
  expect(queryOf({ time: '24h' }, now)).toEqual({ since: '2026-01-30T12:00:00.000Z' });
  expect(queryOf({ time: 'range', until: ALL.until }, now)).toEqual({ until: ALL.until });
});

test('the fields show the zone of the browser and keep the moment', () => {
  for (const iso of ['2026-01-31T09:30:00.000Z', '2026-07-01T00:00:05.000Z', '0099-05-05T12:00:00.000Z']) expect(utc(localOf(iso))).toBe(iso);
  expect(localOf(undefined)).toBe('');
  expect(localOf('2026-01-31T09:30:00.000Z')).toMatch(/^2026-0\d-\d\dT\d\d:\d[05]$/);
  for (const none of ['', 'x', '2026-13-01T00:00', '2026-01-31', '99999-01-01T00:00', null]) expect(utc(none)).toBeUndefined();
});

test('a text is what the server takes', () => {
  expect(textOf('  a b ')).toBe('a b');
  expect(textOf('   ')).toBeUndefined();
  expect(textOf('👍'.repeat(300))).toBe('👍'.repeat(200));
});

test('what is folded away is counted', () => {
  expect(countOf({})).toBe(0);
  expect(countOf({ text: 'x', time: 'range' })).toBe(0);
  expect(countOf(ALL)).toBe(7);
  expect(isFiltered({ text: '' })).toBe(false);
  expect(isFiltered({ text: 'x' })).toBe(true);
});

const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ invocation_id: `inv_${to - i}` })) as Page['invocations'];

test('pages that were read stay below the first while it moves on', () => {
  const read = joined({ invocations: rows(6, 9), next_cursor: 'a', searched: 2000 }, { invocations: rows(3, 5), next_cursor: null, searched: 12 });
  expect(read).toEqual({ invocations: rows(3, 9), next_cursor: null, searched: 2012 });
  expect(refreshed({ invocations: rows(8, 11), next_cursor: 'b' }, read).invocations).toEqual(rows(3, 11));
  expect(refreshed({ invocations: [], next_cursor: 'b', searched: 2000 }, read)).toEqual(read);
  expect(refreshed({ invocations: rows(1, 2), next_cursor: null }, undefined).invocations).toEqual(rows(1, 2));
});

test('pages that were read go where rows between would be hidden', () => {
  const read: Page = { invocations: rows(1, PAGE), next_cursor: 'a' };
  const first: Page = { invocations: rows(100, 99 + PAGE), next_cursor: 'b' };
  expect(refreshed(first, read)).toBe(first);
});
