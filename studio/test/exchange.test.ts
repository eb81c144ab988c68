import { expect, test } from 'vitest';
import { indented, isSigned, outcomeOf } from '../src/screens/api/body';

test('JSON gets a line for each member and loses nothing', () => {
  expect(indented('{"a":1.50,"id":12345678901234567890,"a":[],"b":[{},[1,null]],"c":"x, {\\"y\\": [1]}"}')).toBe([
    '{', '  "a": 1.50,', '  "id": 12345678901234567890,', '  "a": [],', '  "b": [', '    {},', '    [', '      1,',
    '      null', '    ]', '  ],', '  "c": "x, {\\"y\\": [1]}"', '}',
  ].join('\n'));
  expect(indented(' [ ]\n')).toBe('[]');
  expect(indented('"alone \\\\"')).toBe('"alone \\\\"');
  expect(indented(' -1e5 ')).toBe('-1e5');
});

test('what JSON means is the same after it was indented', () => {
  const value = { a: [1, { b: '"\\\u2028 ,:[' }, []], '': { c: {} }, 'k:,': true };
  for (const text of [JSON.stringify(value), JSON.stringify(value, null, '\t')]) {
    expect(indented(text)).toBe(JSON.stringify(value, null, 2));
  }
});

test('text that is no JSON is left alone', () => {
  for (const text of ['', '<h1>Oops</h1>', '{"a":', '{"n":***}', '\ufeff{}']) expect(indented(text)).toBeUndefined();
});

test('a large text is indented, and what would only be indentation is left alone', () => {
  const long = JSON.stringify({ a: 'x"'.repeat(500_000) });
  expect(indented(long)).toBe(`{\n  "a": ${long.slice(5, -1)}\n}`);
  expect(indented('['.repeat(300_000) + ']'.repeat(300_000))).toBeUndefined();
  expect(indented('['.repeat(190) + '1,'.repeat(300_000) + '1' + ']'.repeat(190))).toBeUndefined();
});

test('a request is signed if it has the header, in any case', () => {
  expect(isSigned([{ name: 'x-hub-signature', value: '' }])).toBe(true);
  expect(isSigned([{ name: 'Host', value: 'X-Hub-Signature' }])).toBe(false);
});

test('a failure says whether a request was made and an answer came', () => {
  const error = { reason: 'connect_failed' as const, message: 'refused' };
  const request = { method: 'POST', url: 'u', headers: [], body: '' };
  const response = { status: 500, headers: [], body: '', cut: false };
  const of = (exchange?: object) => outcomeOf({ invocation_id: 'i', outcome: 'failed', error, exchange } as never)?.message;
  expect(of()).toBe('No request was made: refused');
  expect(of({ request })).toBe('No answer came: refused');
  expect(of({ request, response })).toBe('refused');
  expect(outcomeOf({ invocation_id: 'i', outcome: 'succeeded' })).toBeUndefined();
});
