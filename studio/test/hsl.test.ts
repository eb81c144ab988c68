import { expect, test } from 'vitest';
import { safeUrl, tapOf, words } from '../src/hsl/model';

test('only addresses that cannot run anything are opened', () => {
  for (const hostile of ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', '/relative', '//host', '', 5, null, {}]) {
    expect(safeUrl(hostile)).toBeUndefined();
  }
  expect(safeUrl('https://a.example/x')).toBe('https://a.example/x');
  expect(safeUrl('tel:+123')).toBe('tel:+123');
});

test('a tap says its message, and what the bot receives goes along', () => {
  expect(tapOf({ actionable_text: 'Yes', type: 'TEXT_ONLY', payload: { message: 'yes' } }))
    .toEqual({ kind: 'say', label: 'Yes', choice: { shown: 'yes', message: { text: 'yes' } } });
  const payload = { message: 'Buy', gogo_message: 'buy{item:1}' };
  expect(tapOf({ actionable_text: 'Buy it', payload })).toMatchObject({ choice: { shown: 'Buy', message: { payload } } });
});

test('a tap to an unsafe address, or to what only a phone has, is off', () => {
  expect(tapOf({ actionable_text: 'x', uri: 'LINK', payload: { url: 'javascript:alert(1)' } }).kind).toBe('off');
  expect(tapOf({ actionable_text: 'x', uri: 'SEND_LOCATION', payload: {} }).kind).toBe('off');
  expect(tapOf({ actionable_text: 'x', payload: 5 }).kind).toBe('say');
});

test('whatever stands where words belong becomes words', () => {
  expect([words(undefined), words(null), words('a'), words({ a: 1 }), words([1])]).toEqual(['', '', 'a', '{"a":1}', '[1]']);
});
