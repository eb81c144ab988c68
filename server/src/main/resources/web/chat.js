// The chat: what the user says, what the bot answers, and what to do when sending fails.

import * as api from './api.js';
import { byId, el, fill, trouble } from './dom.js';
import { draw } from './elements.js';

const STATES = {
  complete: 'The conversation is complete. Your next message begins a new one.',
  pending: 'The bot has handed over to a person. Here nobody is waiting: restart the chat to go on.',
};

let place = { bot: '', environment: '', user: '' };
let answered = () => {};
let inspected = () => {};
let waiting = false;

/** Calls back after each turn with the answer. */
export function onAnswer(callback) {
  answered = callback;
}

/** Calls back with the answer of a turn that the user wants to look into. */
export function onInspect(callback) {
  inspected = callback;
}

export function start() {
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    sendTyped();
  });
  byId('text').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      sendTyped();
    }
  });
  byId('text').addEventListener('input', grow);
}

/** Begins with an empty chat and says what this bot can do. */
export async function open(bot, environment, user) {
  const here = { bot, environment, user };
  place = here;
  busy(false);
  byId('chat-who').textContent = `as ${user}`;
  fill(byId('log'));
  try {
    const definition = await api.definition(bot);
    if (place === here) show(welcome(bot, definition));
  } catch (error) {
    if (place === here) show(trouble(error, again('Try again', () => open(bot, environment, user))));
  }
}

export async function restart() {
  const { bot, environment, user } = place;
  try {
    await api.restart(bot, environment, user);
    await open(bot, environment, user);
    byId('text').focus();
  } catch (error) {
    show(trouble(error, again('Try again', restart)));
  }
}

function welcome(bot, definition) {
  const chips = Object.entries(definition.nodes ?? {})
    .filter(([, node]) => node?.start && node.active !== false)
    .map(([name, node]) => chip(node.label ?? name, utterances(node.user_says, definition.language)[0]))
    .filter(Boolean);
  return el('div', { class: 'welcome' },
    el('p', {}, el('strong', {}, textIn(definition.name, definition.language) || bot), chips.length ? ' can help with this. Try one:' : ' has no start node with something that users say, so type anything.'),
    el('div', { class: 'chips' }, ...chips));
}

function chip(label, utterance) {
  if (!utterance) return null;
  const button = el('button', { type: 'button', class: 'chip' },
    el('span', { class: 'chip-label' }, label), el('span', {}, `“${utterance}”`));
  button.addEventListener('click', () => send({ shown: utterance, message: { text: utterance } }));
  return button;
}

function utterances(says, language) {
  const own = Array.isArray(says) ? says : says?.[language] ?? Object.values(says ?? {})[0];
  return (Array.isArray(own) ? own : [own]).map((text) => textIn(text, language)).filter(Boolean);
}

const textIn = (text, language) => (typeof text === 'object' && text ? text[language] ?? Object.values(text)[0] : text);

function sendTyped() {
  const field = byId('text');
  const text = field.value.trim();
  if (!text || waiting) return;
  field.value = '';
  grow();
  send({ shown: text, message: { text } });
}

function send({ shown, message }) {
  if (waiting) return;
  const focused = document.activeElement;
  for (const group of byId('log').querySelectorAll('.quick')) group.remove();
  // A tapped reply that is gone would leave the keyboard nowhere.
  if (!focused?.isConnected) byId(matchMedia('(hover: hover)').matches ? 'text' : 'log').focus();
  const bubble = el('div', { class: 'bubble from-user' }, el('p', { class: 'words' }, shown));
  show(bubble);
  // One id for all tries: the server runs the turn once, however often it hears of it.
  deliver(bubble, shown, { message_id: randomId(), user: { auth_id: place.user, device_platform: 5 }, ...message });
}

async function deliver(bubble, shown, message) {
  const here = place;
  busy(true);
  try {
    const answer = await api.say(here.bot, here.environment, message);
    if (place !== here) return;
    showAnswer(answer);
    answered(answer);
  } catch (error) {
    if (place !== here) return;
    failed(bubble, shown, message, error);
  } finally {
    if (place === here) busy(false);
  }
}

function showAnswer(answer) {
  const messages = answer.messages ?? [];
  const turn = el('div', { class: 'turn' }, ...messages.map((element) => draw(element, send)));
  if (!messages.length) turn.append(el('p', { class: 'aside' }, 'The bot said nothing.'));
  if (answer.log?.invocations?.length) turn.append(jump(answer));
  if (STATES[answer.state]) turn.append(el('p', { class: 'aside' }, STATES[answer.state]));
  show(turn);
}

function jump(answer) {
  const button = el('button', { type: 'button', class: 'jump' }, 'What happened here');
  button.addEventListener('click', () => inspected(answer));
  return button;
}

function failed(bubble, shown, message, error) {
  bubble.classList.add('failed');
  const report = trouble(error,
    again('Send again', () => {
      bubble.classList.remove('failed');
      report.remove();
      deliver(bubble, shown, message);
    }),
    again('Edit', () => {
      bubble.remove();
      report.remove();
      const field = byId('text');
      field.value = field.value ? `${shown}\n${field.value}` : shown;
      grow();
      field.focus();
    }));
  show(report);
}

export function again(label, action) {
  const button = el('button', { type: 'button', class: 'quiet' }, label);
  button.addEventListener('click', action);
  return button;
}

function show(node) {
  byId('log').append(node);
  toEnd();
}

/** To the newest message; nothing scrolls while it is hidden. */
export function toEnd() {
  byId('log').scrollTop = byId('log').scrollHeight;
}

function busy(now) {
  waiting = now;
  byId('send').disabled = now;
  fill(byId('typing'), now && el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')), now && el('span', {}, 'The bot is writing …'));
}

function grow() {
  const field = byId('text');
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`;
}

/** Works without a secure context, where crypto.randomUUID does not. */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
