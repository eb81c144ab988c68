import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, test } from 'vitest';
import { url } from '../src/api/client';

test('the client is made of the description that is checked in: npm run client', async () => {
  const description = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));
  const made = astToString(await openapiTS(description));
  const body = (text: string) => text.slice(text.indexOf('export interface paths')).trim();
  expect(body(readFileSync(new URL('../src/api/schema.d.ts', import.meta.url), 'utf8'))).toBe(body(made));
});

test('names in an address are encoded, and queries without a value are left out', () => {
  expect(url('/api/v1/bots/{bot}/users/{auth_id}', { bot: 'a', auth_id: 'x/y ü?' }, { limit: 5, cursor: undefined, node: '' }))
    .toBe('/api/v1/bots/a/users/x%2Fy%20%C3%BC%3F?limit=5');
});

test('the lock file names no registry', () => {
  const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  expect(lock).not.toContain('"resolved"');
  expect(lock).not.toMatch(/registry\.[a-z]+/);
});
