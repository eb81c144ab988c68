// Talks to the server. Every failure becomes an ApiError with words for people.

const HINTS = {
  not_deployed: 'Train the bot, then deploy its version here: patchbay train BOT, patchbay deploy BOT. Or choose the other environment.',
  unknown_bot: 'It may have been removed. Reload the page for the list of bots.',
  too_many_requests: 'Wait a few seconds, then try again.',
  forbidden: 'Open this page under the address that the server printed when it started.',
  unauthenticated: 'Your session has ended. Sign in again; what you wrote stays here.',
};

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? '');
    this.status = status;
    this.code = problem.code ?? '';
    this.title = problem.title ?? 'Something failed';
    this.problems = problem.problems ?? [];
    this.hint = HINTS[this.code];
  }
}

let csrf = '';
let signedOut = () => {};

/** Calls back when the server no longer knows this browser. */
export function onSignedOut(callback) {
  signedOut = callback;
}

export async function session() {
  const answer = await call('GET', '/api/v1/session');
  csrf = answer.csrf_token ?? '';
  return answer.signed_in;
}

export async function signIn(token) {
  csrf = (await call('POST', '/api/v1/session', { token })).csrf_token;
}

export async function signOut() {
  await call('DELETE', '/api/v1/session');
  csrf = '';
}

export async function bots() {
  const all = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await call('GET', `/api/v1/bots?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    all.push(...page.bots);
    cursor = page.next_cursor;
  }
  return all;
}

export const definition = (bot) => call('GET', path(bot));

export const say = (bot, environment, message) =>
  call('POST', `${path(bot)}/messages?debug=true&environment=${environment}`, message);

export const restart = (bot, environment, user) =>
  call('DELETE', `${path(bot)}/users/${encodeURIComponent(user)}/conversation?environment=${environment}`);

export const invocations = (bot, environment, cursor) =>
  call('GET', `${path(bot)}/invocations?limit=20&environment=${environment}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);

export const invocation = (id) => call('GET', `/api/v1/invocations/${encodeURIComponent(id)}`);

const path = (bot) => `/api/v1/bots/${encodeURIComponent(bot)}`;

async function call(method, url, body) {
  let response;
  let text;
  try {
    response = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(csrf && method !== 'GET' ? { 'X-CSRF-Token': csrf } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      // Longer than the longest turn: an API integration may take its full timeout.
      signal: AbortSignal.timeout(120_000),
    });
    text = await response.text();
  } catch {
    throw new ApiError(0, {
      title: 'The server did not answer.',
      detail: 'Is it still running? Your message is kept; trying again sends it once.',
    });
  }
  const answer = parsed(text);
  if (response.ok) return answer;
  const error = new ApiError(response.status, answer ?? { title: 'Something failed', detail: `HTTP ${response.status}` });
  if (response.status === 401 && url !== '/api/v1/session') signedOut(error);
  throw error;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
