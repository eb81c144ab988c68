import { expect, test } from 'vitest';
import { botName, effectiveUrl, labelOf, samplePayload, systemName, textOf, utterancesOf } from '../src/bot/definition';

test('a system name is made of words in any script, and is never taken twice', () => {
  expect(systemName('Where is my order?', [])).toBe('WHERE_IS_MY_ORDER');
  expect(systemName('Where is my order?', ['WHERE_IS_MY_ORDER', 'WHERE_IS_MY_ORDER_2'])).toBe('WHERE_IS_MY_ORDER_3');
  expect(systemName('مرحبا नमस्ते', [])).toBe('INTEGRATION');
  expect(systemName('x'.repeat(500), [])).toHaveLength(60);
});

test('a bot gets a name that an address can have', () => {
  expect(botName('Acme Support!', ['acme-support'])).toBe('acme-support-2');
  expect(botName('<script>', [])).toBe('script');
  expect(botName('नमस्ते', [])).toMatch(/^[a-z0-9_-]+$/);
});

test('texts come in one language or in several', () => {
  expect(textOf('a')).toBe('a');
  expect(textOf({ hi: 'नमस्ते', en: 'hello' }, 'hi')).toBe('नमस्ते');
  expect(textOf({ fr: 'salut' }, 'en')).toBe('salut');
  expect(textOf(5)).toBe('');
  expect(utterancesOf({ en: ['a', 'b'], hi: ['c'] }, 'en')).toEqual(['a', 'b']);
  expect(utterancesOf(undefined)).toEqual([]);
  expect(labelOf('TRACK_ORDER', undefined)).toBe('Track order');
});

test('the effective address has the values of variables, but never a secret', () => {
  const bot = { base_url: { staging: 'http://127.0.0.1:[[PORT]]/', production: 'https://p.example' } };
  expect(effectiveUrl(bot, { path: '/otp' }, 'staging', { PORT: '9000' })).toBe('http://127.0.0.1:9000/otp');
  expect(effectiveUrl(bot, { path: 'otp' }, 'production', {})).toBe('https://p.example/otp');
  expect(effectiveUrl(bot, { url: 'https://o.example/[[KEY]]' }, 'production', { KEY: undefined })).toBe('https://o.example/[[KEY]]');
  expect(effectiveUrl({}, { path: '/x' }, 'staging', {})).toBe('');
});

test('a sample has every entity of the bot, with a value where the node asks for one', () => {
  const sample = samplePayload('N', { entities: [{ entity: 'id' }] }, { id: { type: 'regex' }, size: { type: 'dictionary' } }) as { entities: Record<string, unknown[]> };
  expect(sample.entities['id']).toHaveLength(1);
  expect(sample.entities['size']).toEqual([]);
});
