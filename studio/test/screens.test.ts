import { expect, test } from 'vitest';
import { formOf, withForm } from '../src/screens/api/form';
import { advised } from '../src/screens/choose/scenarios';
import { freeName, readSample } from '../src/screens/code/samples';
import { spansOf } from '../src/screens/invocations/spans';
import { bytes, millis } from '../src/shared/format';
import { hrefOf, placeOf, type Place } from '../src/router';

test('every place leads back to itself, whatever its names are', () => {
  const places: Place[] = [
    { screen: 'bots' }, { screen: 'bot', bot: 'a' }, { screen: 'node', bot: 'a', node: 'B' }, { screen: 'new', bot: 'a' },
    { screen: 'invocations', bot: 'a', id: 'inv_1' }, { screen: 'chat', bot: 'a/b?#%' },
  ];
  for (const place of places) expect(placeOf(hrefOf(place))).toEqual(place);
  expect(placeOf('#/bots/a/nothing')).toEqual({ screen: 'lost' });
  expect(placeOf('#/bots/%')).toEqual({ screen: 'bot', bot: '%' });
  expect(placeOf('')).toEqual({ screen: 'bots' });
});

test('two questions lead to one of the two, and one answer may be enough', () => {
  expect(advised({})).toBeUndefined();
  expect(advised({ service: false })).toBeUndefined();
  expect(advised({ service: true })?.kind).toBe('api');
  expect(advised({ small: false })?.kind).toBe('api');
  expect(advised({ service: false, small: true })?.kind).toBe('code');
});

test('a sample that is no JSON object says where it breaks', () => {
  expect(readSample('{"a": 1}')).toEqual({ payload: { a: 1 } });
  expect(readSample('')).toEqual({ payload: {} });
  expect(readSample('[1]')).toMatchObject({ line: 1 });
  expect(readSample('{\n  "a": 1,\n  b\n}')).toMatchObject({ line: 3 });
});

test('a sample never takes the name of another', () => {
  expect(freeName('from_chat', ['default'])).toBe('from_chat');
  expect(freeName('from_chat', ['from_chat', 'from_chat_2'])).toBe('from_chat_3');
  const long = 'x'.repeat(64);
  expect(freeName(long, [long])).toBe(`${'x'.repeat(62)}_2`);
});

const BOT = {
  bot: 'b', base_url: { staging: 'https://s.example' },
  nodes: { N: { integration: { type: 'api' as const, path: '/x', secret: 'S', response_before: ['a', { variants: ['b'] }] } } },
};

test('the form of an API changes what it shows and keeps what it does not', () => {
  const form = formOf(BOT, 'N');
  expect(form).toMatchObject({ staging: 'https://s.example', path: '/x', override: false, secret: 'S', before: 'a' });
  expect(JSON.parse(JSON.stringify(withForm(BOT, 'N', form)))).toEqual(BOT);
  const other = withForm(BOT, 'N', { ...form, override: true, url: ' https://o.example ', before: 'c\n\n d ', secret: '' });
  expect(JSON.parse(JSON.stringify(other.nodes!['N']!.integration)))
    .toEqual({ type: 'api', url: 'https://o.example', response_before: ['c', 'd', { variants: ['b'] }] });
  const headers = withForm(BOT, 'N', { ...form, headers: ' X-Key: [[KEY]]\n\nX-At: a:b \nodd' });
  expect(headers.nodes!['N']!.integration).toMatchObject({ headers: { 'X-Key': '[[KEY]]', 'X-At': 'a:b', odd: '' } });
  expect(formOf(headers, 'N').headers).toBe('X-Key: [[KEY]]\nX-At: a:b\nodd: ');
});

test('phases and connections stand on one line of time', () => {
  const { spans, total } = spansOf({
    started_at: '2026-01-01T00:00:00.000Z', timing: { queue_ms: 0, start_ms: 5, run_ms: 20, total_ms: 30 },
    egress: [{ time: '2026-01-01T00:00:00.010Z', name: 'a.example', port: 443, verdict: 'denied', bytes_in: 0, bytes_out: 0, duration_ms: 2 }],
  });
  expect(spans.map((span) => [span.name, span.from])).toEqual([['starting', 0], ['running', 5], ['a.example:443', 10]]);
  expect(total).toBe(30);
});

test('sizes and times are short', () => {
  expect([bytes(5), bytes(2048), bytes(3 * 1024 * 1024), bytes(undefined)]).toEqual(['5 B', '2.0 KiB', '3.0 MiB', '–']);
  expect([millis(3), millis(12.4), millis(1.25), millis(12_345), millis(undefined)]).toEqual(['3 ms', '12 ms', '1.3 ms', '12.3 s', '–']);
});
