// Beside the chat: what the integrations did for the last message, and before.

import * as api from './api.js';
import { byId, el, fill, folded, json, trouble, unfolded } from './dom.js';

const ADVICE = {
  syntax_error: 'The code does not compile. The line below is where Python stopped reading.',
  import_error: 'The code imports a package that is not there. Add it to requirements.txt.',
  exception: 'The code raised an exception. The last lines of the traceback say which and where.',
  timeout: 'It took longer than its timeout and was stopped. Give outgoing requests a timeout of their own.',
  out_of_memory: 'It used more memory than its limit.',
  killed: 'It was stopped from outside.',
  no_result: 'main returned nothing. Return a dict with statusCode and body.',
  bad_result: 'The reply does not have the shape that a reply needs.',
  no_rule_matched: 'No connection of this node fits the output, so there was nothing to say. Add one with only "to" as the default.',
  bad_status: 'The API answered with another status than 200.',
  bad_content: 'The API did not answer with JSON.',
  insecure_url: 'Plain http is allowed only to addresses that the bot’s allow-list names.',
  egress_denied: 'The egress policy does not allow this address. See the connections below.',
  dns_failed: 'The host name did not resolve.',
  connect_failed: 'Nothing answered at this address.',
  tls_failed: 'The certificate of the other side is not valid.',
  overloaded: 'Too much was running at once. Send it again.',
};

let place = { bot: '', environment: '' };
let shownId = '';
let wanted = 0;

export function start() {
  byId('refresh').addEventListener('click', () => listEarlier());
}

export function open(bot, environment) {
  place = { bot, environment };
  shownId = '';
  wanted++;
  fill(byId('detail'), el('p', { class: 'empty' }, 'Send a message: what its integration received, answered and logged appears here.'));
  return listEarlier();
}

/** As {@link follow}, and goes there. */
export async function inspect(answer) {
  await follow(answer);
  reveal();
}

function reveal() {
  byId('detail').parentElement.scrollTop = 0;
  byId('inspector-title').scrollIntoView({ block: 'start' });
  byId('inspector-title').focus({ preventScroll: true });
}

/** Shows the invocations of a turn. */
export async function follow(answer) {
  const ids = answer.log?.invocations ?? [];
  if (ids.length) {
    await show(ids.at(-1), answer.log, ids);
  } else {
    shownId = '';
    wanted++;
    fill(byId('detail'),
      el('p', { class: 'empty' }, answer.node ? 'This message ran no integration: node ' : 'No node matched this message, so no integration ran.', answer.node ? el('code', {}, answer.node) : null, answer.node ? ' answered by itself.' : null),
      messageLog(answer.log));
  }
  await listEarlier();
}

async function show(id, log, siblings = []) {
  const mine = ++wanted;
  shownId = id;
  mark();
  try {
    const invocation = await api.invocation(id);
    if (mine === wanted) fill(byId('detail'), tabs(id, log, siblings), ...detail(invocation), messageLog(log));
  } catch (error) {
    if (mine === wanted) fill(byId('detail'), trouble(error, action('Try again', () => show(id, log, siblings))));
  }
}

/** A turn that went through several nodes has several invocations. */
function tabs(id, log, siblings) {
  if (siblings.length < 2) return null;
  return el('div', { class: 'actions', role: 'group', 'aria-label': 'Invocations of this message' },
    ...siblings.map((other, index) => {
      const button = action(`Invocation ${index + 1}`, () => show(other, log, siblings));
      button.setAttribute('aria-pressed', String(other === id));
      return button;
    }));
}

function detail(invocation) {
  return [
    el('div', { class: 'headline' },
      el('h3', {}, invocation.node),
      badge(invocation),
      el('span', { class: 'tag' }, invocation.type === 'api' ? 'API' : 'code')),
    facts(invocation),
    problem(invocation),
    part('Output', invocation.output, true),
    logs(invocation.logs ?? []),
    egress(invocation.egress ?? []),
    part('Input', invocation.input, false),
    measures(invocation.measures ?? {}),
  ].filter(Boolean);
}

function badge(invocation) {
  const outcome = invocation.outcome ?? 'running';
  return el('span', { class: `badge ${outcome}` }, outcome);
}

function facts(invocation) {
  const pairs = [
    ['Duration', `${invocation.duration_ms} ms`],
    ['Processor', invocation.cpu_ms === undefined ? null : `${invocation.cpu_ms} ms`],
    ['Memory', invocation.peak_memory_bytes ? `${(invocation.peak_memory_bytes / 2 ** 20).toFixed(1)} MiB` : null],
    ['Bytes out / in', invocation.bytes_out || invocation.bytes_in ? `${invocation.bytes_out} / ${invocation.bytes_in}` : null],
    ['Started', time(invocation.started_at)],
    ['Version', invocation.version ? short(invocation.version) : 'draft'],
    ['Environment', invocation.environment],
    ['Origin', invocation.origin],
    ['User', invocation.turn?.auth_id],
  ];
  return el('dl', { class: 'facts' },
    ...pairs.filter(([, value]) => value).map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

function problem({ error }) {
  if (!error) return null;
  return el('div', { class: 'trouble' },
    el('p', {}, el('strong', {}, error.reason), error.line ? ` at line ${error.line}` : ''),
    el('p', {}, error.message),
    ADVICE[error.reason] ? el('p', { class: 'muted' }, ADVICE[error.reason]) : null,
    error.traceback ? unfolded('Traceback', el('pre', { class: 'json', tabIndex: 0 }, error.traceback)) : null);
}

function part(title, value, open) {
  if (value === undefined) return null;
  return (open ? unfolded : folded)(title, json(value));
}

function logs(lines) {
  if (!lines.length) return folded('Logs (none)', el('p', { class: 'muted' }, 'What code prints or logs appears here.'));
  return unfolded(`Logs (${lines.length})`, el('ol', { class: 'lines', tabIndex: 0 },
    ...lines.map((line) => el('li', { class: `level-${String(line.level).toLowerCase()}` },
      el('span', { class: 'muted' }, `${time(line.time)} ${line.level} `), line.message))));
}

function egress(attempts) {
  if (!attempts.length) return folded('Connections (none)', el('p', { class: 'muted' }, 'Every connection that an integration opens, or tries to, appears here.'));
  const rows = attempts.map((attempt) => el('tr', {},
    el('td', {}, `${attempt.name ?? attempt.address ?? '?'}:${attempt.port}`, attempt.name && attempt.address ? el('span', { class: 'muted block' }, attempt.address) : null),
    el('td', {}, el('span', { class: `badge ${attempt.verdict}` }, attempt.verdict)),
    el('td', { class: 'number' }, `${attempt.bytes_out} / ${attempt.bytes_in}`),
    el('td', { class: 'number' }, `${attempt.duration_ms} ms`)));
  return unfolded(`Connections (${attempts.length})`, el('div', { class: 'wide', tabIndex: 0 }, el('table', {},
    el('thead', {}, el('tr', {}, ...['To', 'Verdict', 'Bytes out / in', 'Time'].map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, ...rows))));
}

function measures(values) {
  const entries = Object.entries(values);
  if (!entries.length) return null;
  return folded('Timing', el('dl', { class: 'facts' },
    ...entries.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, `${Math.round(value * 100) / 100} ms`)))));
}

function messageLog(log) {
  return log && Object.keys(log).length ? folded('How the message was understood', json(log)) : null;
}

async function listEarlier(cursor) {
  const here = place;
  try {
    const page = await api.invocations(here.bot, here.environment, cursor);
    if (place !== here) return;
    const rows = page.invocations.map(row);
    if (cursor) {
      byId('earlier').querySelector('.more')?.remove();
      byId('earlier').querySelector('ul').append(...rows);
    } else {
      fill(byId('earlier'), rows.length ? el('ul', { class: 'rows' }, ...rows) : el('p', { class: 'empty' }, 'None yet in this environment.'));
    }
    if (page.next_cursor) byId('earlier').append(el('div', { class: 'more actions' }, action('Show more', () => listEarlier(page.next_cursor))));
    mark();
  } catch (error) {
    if (place === here) fill(byId('earlier'), trouble(error, action('Try again', () => listEarlier())));
  }
}

function row(invocation) {
  const button = el('button', { type: 'button', class: 'row' },
    el('span', { class: 'row-node' }, invocation.node),
    badge(invocation),
    el('span', { class: 'muted row-facts' }, [invocation.reason, `${invocation.duration_ms} ms`, time(invocation.started_at)].filter(Boolean).join(' · ')));
  button.dataset.id = invocation.invocation_id;
  button.addEventListener('click', async () => {
    await show(invocation.invocation_id);
    reveal();
  });
  return el('li', {}, button);
}

function mark() {
  for (const button of byId('earlier').querySelectorAll('.row')) {
    button.setAttribute('aria-pressed', String(button.dataset.id === shownId));
  }
}

function action(label, run) {
  const button = el('button', { type: 'button', class: 'quiet' }, label);
  button.addEventListener('click', run);
  return button;
}

const time = (iso) => {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return today ? date.toLocaleTimeString() : date.toLocaleString();
};
const short = (version) => (version.length > 16 ? `${version.slice(0, 16)}…` : version);
