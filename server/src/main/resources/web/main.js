// Puts the page together: sign in, choose a bot, chat, look at what happened.

import * as api from './api.js';
import * as chat from './chat.js';
import { byId, el, fill, trouble } from './dom.js';
import * as inspector from './invocations.js';

const EXPIRED = 'That link was used before or is too old. Type the token, or start Patchbay again for a new link.';

async function begin() {
  chat.start();
  inspector.start();
  chat.onAnswer(inspector.follow);
  chat.onInspect(inspector.inspect);
  api.onSignedOut(() => showSignIn('Your session has ended. Sign in again; what you wrote stays here.'));
  byId('signin-form').addEventListener('submit', submitToken);
  byId('signout').addEventListener('click', leave);
  byId('restart').addEventListener('click', chat.restart);
  byId('bot').addEventListener('change', openChosen);
  byId('environment').addEventListener('change', openChosen);
  const expired = location.hash === '#link-expired';
  if (expired) history.replaceState(null, '', '/');
  try {
    if (await api.session()) await showWork();
    else showSignIn(expired ? EXPIRED : '');
  } catch (error) {
    notice(trouble(error, chat.again('Try again', () => location.reload())));
  }
}

function showSignIn(message) {
  only('signin');
  byId('signin-error').textContent = message;
  byId('token').focus();
}

async function submitToken(event) {
  event.preventDefault();
  const field = byId('token');
  const button = event.submitter ?? event.target.querySelector('button');
  button.disabled = true;
  try {
    await api.signIn(field.value.trim());
    field.value = '';
    await showWork();
  } catch (error) {
    byId('signin-error').textContent = `${error.message} ${error.code === 'unauthenticated' ? 'Check that nothing is missing at its beginning or end.' : error.hint ?? ''}`;
    field.select();
  } finally {
    button.disabled = false;
  }
}

async function leave(event) {
  event.preventDefault();
  await api.signOut().catch(() => {});
  location.reload();
}

let known = [];

/** After signing in again the chat is still there. */
async function showWork() {
  if (known.length) {
    only('work');
    chat.toEnd();
    byId('text').focus();
    return;
  }
  try {
    known = await api.bots();
  } catch (error) {
    if (error.status !== 401) notice(trouble(error, chat.again('Try again', () => location.reload())));
    return;
  }
  if (known.length) {
    fill(byId('bot'), ...known.map((bot) => el('option', { value: bot.bot }, bot.name || bot.bot)));
    recall();
    only('work');
    openChosen();
    if (matchMedia('(hover: hover)').matches) byId('text').focus();
  } else {
    notice(noBots());
  }
}

function noBots() {
  return el('div', { class: 'card' },
    el('h2', {}, 'No bots yet'),
    el('p', {}, 'Start the server with ./run to get the example bots, or bring in your own over the HTTP API: '
      + 'PUT its definition, train it, deploy the version.'),
    el('div', { class: 'actions' }, chat.again('Look again', () => location.reload())));
}

function openChosen() {
  const bot = byId('bot').value;
  const environment = byId('environment').value;
  store(sessionStorage, 'chosen', JSON.stringify({ bot, environment }));
  for (const option of byId('environment').options) {
    const live = known.find((one) => one.bot === bot)?.live ?? {};
    option.textContent = option.value in live ? option.value : `${option.value} (nothing deployed)`;
  }
  chat.open(bot, environment, user());
  inspector.open(bot, environment);
}

/** What was chosen before in this tab, else an environment where the bot is live. */
function recall() {
  let before = {};
  try {
    before = JSON.parse(sessionStorage.getItem('chosen') ?? '{}');
  } catch { /* storage may be switched off */ }
  const bot = known.find((one) => one.bot === before.bot) ?? known[0];
  byId('bot').value = bot.bot;
  const live = Object.keys(bot.live ?? {});
  byId('environment').value = before.environment ?? (live.includes('production') || !live.length ? 'production' : live[0]);
}

let nobody = '';

/** This tab's user: another tab is another user. */
function user() {
  try {
    nobody ||= sessionStorage.getItem('user') ?? '';
  } catch { /* storage may be switched off */ }
  nobody ||= `tester-${chat.randomId().slice(0, 6)}`;
  store(sessionStorage, 'user', nobody);
  return nobody;
}

function store(storage, key, value) {
  try {
    storage.setItem(key, value);
  } catch { /* storage may be switched off */ }
}

function notice(content) {
  only('loading');
  fill(byId('loading'), content);
}

function only(id) {
  for (const part of ['signin', 'work', 'loading']) byId(part).hidden = part !== id;
  byId('tools').hidden = id !== 'work';
}

begin();
