// Talks to the server, typed by its own description (schema.d.ts). Every failure is an ApiError
// with words for people. A session that has ended is opened anew, and the call goes on.

import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Environment = Schemas['Environment'];

type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: { responses: unknown } } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O } ? O : never;
type Part<T, K extends string> = T extends { parameters: { [X in K]?: infer V } } ? Exclude<V, undefined> : never;
type Content<T> = T extends { content: infer C } ? C[keyof C] : undefined;
type Answer<O> = O extends { responses: infer R }
  ? R extends { 200: infer A } ? Content<A> : R extends { 202: infer A } ? Content<A> : undefined
  : never;
type JsonBody<O> = O extends { requestBody?: infer B } ? Content<Exclude<B, undefined>> : never;

export interface Options<O> {
  path?: Part<O, 'path'>;
  query?: Part<O, 'query'>;
  body?: JsonBody<O>;
  /** The revision that must still be the current one. */
  ifMatch?: string;
  /** Answers without data where this is still the current revision. */
  ifNoneMatch?: string;
  /** Of the body; JSON where it is not given. */
  type?: string;
  signal?: AbortSignal;
}

export interface Replied<T> {
  data: T;
  etag: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    detail: string,
    readonly problems: Schemas['ContentProblem'][] = [],
  ) {
    super(detail);
  }
}

/** What the client asks of the app around it. */
export interface Surroundings {
  /** Resolves once the user has signed in again. */
  signIn(): Promise<void>;
  /** Whether the server was reached by the last call. */
  reached(yes: boolean): void;
}

let around: Surroundings = { signIn: () => Promise.reject(new Error('not started')), reached: () => {} };
let csrf = '';

export function surroundedBy(surroundings: Surroundings): void {
  around = surroundings;
}

/** Longer than the longest turn: an API integration may take its full timeout. */
const PATIENCE_MILLIS = 120_000;

export const get = <P extends PathsWith<'get'>>(path: P, options: Options<Operation<P, 'get'>> = {}) =>
  call<Answer<Operation<P, 'get'>>>('GET', path, options);
export const put = <P extends PathsWith<'put'>>(path: P, options: Options<Operation<P, 'put'>> = {}) =>
  call<Answer<Operation<P, 'put'>>>('PUT', path, options);
export const patch = <P extends PathsWith<'patch'>>(path: P, options: Options<Operation<P, 'patch'>> = {}) =>
  call<Answer<Operation<P, 'patch'>>>('PATCH', path, options);
export const post = <P extends PathsWith<'post'>>(path: P, options: Options<Operation<P, 'post'>> = {}) =>
  call<Answer<Operation<P, 'post'>>>('POST', path, options);
export const del = <P extends PathsWith<'delete'>>(path: P, options: Options<Operation<P, 'delete'>> = {}) =>
  call<Answer<Operation<P, 'delete'>>>('DELETE', path, options);

export async function session(): Promise<boolean> {
  const { data } = await get('/api/v1/session');
  csrf = data?.csrf_token ?? '';
  return Boolean(data?.signed_in);
}

export async function signIn(token: string): Promise<void> {
  const { data } = await post('/api/v1/session', { body: { token } });
  csrf = data?.csrf_token ?? '';
}

export async function signOut(): Promise<void> {
  await del('/api/v1/session');
  csrf = '';
}

interface Untyped {
  path?: unknown;
  query?: unknown;
  body?: unknown;
  ifMatch?: string;
  ifNoneMatch?: string;
  type?: string;
  signal?: AbortSignal;
}

async function call<T>(method: string, path: string, options: Untyped): Promise<Replied<T>> {
  const sent = csrf;
  const reply = await once(method, path, options);
  if (reply.status === 403 && method !== 'GET') {
    // Another tab may have opened the session that the cookie belongs to: its changes need its token.
    const signedIn = await session().catch(() => false);
    return finished<T>(signedIn && csrf !== sent ? await once(method, path, options) : reply);
  }
  if (reply.status !== 401 || path === '/api/v1/session') return finished<T>(reply);
  // The server may have restarted, or another tab may have signed in meanwhile.
  if (!(await session())) await around.signIn();
  return finished<T>(await once(method, path, options));
}

async function once(method: string, path: string, options: Untyped): Promise<Response> {
  const { body, type = 'application/json' } = options;
  const headers: Record<string, string> = { Accept: 'application/json, */*;q=0.1' };
  if (body !== undefined) headers['Content-Type'] = type;
  if (csrf && method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (options.ifMatch) headers['If-Match'] = `"${options.ifMatch}"`;
  if (options.ifNoneMatch) headers['If-None-Match'] = `"${options.ifNoneMatch}"`;
  const patience = AbortSignal.timeout(PATIENCE_MILLIS);
  try {
    const reply = await fetch(url(path, options.path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: body === undefined ? undefined : /[/+]json$/.test(type) ? JSON.stringify(body) : String(body),
      signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience,
    });
    around.reached(true);
    return reply;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    around.reached(false);
    throw new ApiError(0, 'unreachable', 'The server did not answer.', 'Nothing you typed is lost. Try again when it runs again.');
  }
}

export function url(path: string, parts: unknown, query: unknown): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((parts as Record<string, unknown> | undefined)?.[name] ?? '')));
  const pairs = Object.entries((query as Record<string, unknown> | undefined) ?? {})
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length ? `${filled}?${pairs.join('&')}` : filled;
}

async function finished<T>(reply: Response): Promise<Replied<T>> {
  if (reply.status === 304) return { data: undefined as T, etag: '' };
  const text = await reply.text();
  const type = reply.headers.get('Content-Type') ?? '';
  const data: unknown = /[/+]json/.test(type) ? parsed(text) : text;
  if (!reply.ok) throw refused(reply.status, data);
  const etag = (reply.headers.get('ETag') ?? '').replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
  return { data: data as T, etag };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(status: number, data: unknown): ApiError {
  const problem = (typeof data === 'object' && data !== null ? data : {}) as Partial<Schemas['Problem']>;
  return new ApiError(
    status,
    problem.code ?? '',
    problem.title ?? 'Something failed',
    problem.detail ?? `The server answered with status ${status}.`,
    problem.problems ?? [],
  );
}
