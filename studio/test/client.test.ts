import { readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterEach, expect, test, vi } from 'vitest';
import { del, session, signOut, url } from '../src/api/client';

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

afterEach(() => vi.unstubAllGlobals());

/** A server whose session has this token; who sends another is refused. */
function serverWith(token: { current: string }) {
  const calls: string[] = [];
  vi.stubGlobal('fetch', async (path: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
    const sent = headers['X-CSRF-Token'] ?? '';
    calls.push(`${method} ${path} ${sent}`.trim());
    if (method === 'GET') return Response.json({ signed_in: token.current !== '', csrf_token: token.current });
    return sent === token.current
      ? new Response(null, { status: 204 })
      : Response.json({ code: 'forbidden', detail: 'Send the csrf_token.' }, { status: 403 });
  });
  return calls;
}

test('a tab goes on in the session that another tab has opened', async () => {
  const token = { current: 'first' };
  const calls = serverWith(token);
  await session();
  token.current = 'second';
  await del('/api/v1/bots/{bot}', { path: { bot: 'acme' } });
  expect(calls.slice(1)).toEqual([
    'DELETE /api/v1/bots/acme first', 'GET /api/v1/session', 'DELETE /api/v1/bots/acme second',
  ]);
  token.current = 'third';
  await signOut();
  expect(calls.at(-1)).toBe('DELETE /api/v1/session third');
});

test('what is forbidden in the session itself is asked for once', async () => {
  const calls = serverWith({ current: 'mine' });
  await session();
  vi.stubGlobal('fetch', async (_: string, { method }: { method: string }) => {
    calls.push(method);
    return method === 'GET'
      ? Response.json({ signed_in: true, csrf_token: 'mine' })
      : Response.json({ code: 'forbidden', detail: 'No.' }, { status: 403 });
  });
  await expect(signOut()).rejects.toThrow('No.');
  expect(calls.slice(1)).toEqual(['DELETE', 'GET']);
});
