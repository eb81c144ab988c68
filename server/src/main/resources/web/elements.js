// Draws what a bot says: one HSL element becomes one bubble.

import { el, folded, json, link, safeUrl } from './dom.js';

/**
 * @param {Object} element HSL
 * @param {(choice: {shown: string, message: Object}) => void} choose called for a tapped reply
 */
export function draw(element, choose) {
  const known = DRAWERS[element?.type];
  const drawn = known && isObject(element.data ?? {}) ? known(element, choose) : unknown(element);
  return el('div', { class: `bubble from-bot kind-${known ? element.type.toLowerCase() : 'other'}` }, ...drawn);
}

const DRAWERS = {
  TEXT: (element, choose) => [
    words(element.text),
    replies(element.data?.quick_replies, 'quick', choose),
  ],
  BUTTON: (element, choose) => [
    words(element.text),
    replies(element.data?.items, 'buttons', choose),
  ],
  CAROUSEL: (element, choose) => [
    element.text ? words(element.text) : null,
    el('ul', { class: `cards width-${width(element.data?.width)}`, 'aria-label': 'Cards', tabIndex: 0 },
      ...list(element.data?.items).map((item) => card(item, element.data?.image_aspect_ratio, choose))),
  ],
};

/** What has no drawing here, or is not as its type should be: shown as it came. */
function unknown(element) {
  return [
    element?.text ? words(element.text) : null,
    folded(typeof element?.type === 'string' ? element.type : 'Element of unknown type', json(element)),
  ].filter(Boolean);
}

function words(text) {
  if (text === undefined || text === null || text === '') return null;
  return el('p', { class: 'words' }, typeof text === 'string' ? text : JSON.stringify(text));
}

function width(name) {
  return ['THIN', 'MEDIUM', 'FAT', 'BIG'].includes(name) ? name.toLowerCase() : 'medium';
}

function card(item, ratio, choose) {
  if (!isObject(item)) return el('li', { class: 'card' }, json(item));
  return el('li', { class: 'card' },
    picture(item.thumbnail?.image, Number(ratio), item.title),
    el('div', { class: 'card-words' },
      item.title ? el('strong', {}, item.title) : null,
      item.sub_title ? el('span', {}, item.sub_title) : null,
      item.description ? el('p', {}, item.description) : null),
    replies(item.actionables, 'buttons', choose));
}

/** An aspect ratio from 1000 up means that there is no picture. */
function picture(address, ratio, title) {
  const url = safeUrl(address);
  if (!url || ratio >= 1000) return null;
  if (/^https:\/\/(www\.)?youtube(-nocookie)?\.com\/embed\//.test(url)) return el('p', { class: 'card-video' }, link(url, 'Watch the video'));
  if (!url.startsWith('https:')) return el('p', { class: 'card-video' }, link(url, 'See the picture'));
  const image = el('img', { src: url, alt: title || 'Picture', loading: 'lazy', referrerPolicy: 'no-referrer' });
  if (ratio > 0.2 && ratio < 5) image.style.aspectRatio = String(ratio);
  image.addEventListener('error', () => image.replaceWith(el('p', { class: 'card-video' }, link(url, 'The picture did not load'))));
  return image;
}

function replies(actionables, kind, choose) {
  const drawn = list(actionables).filter(isObject).map((actionable) => reply(actionable, choose));
  return drawn.length ? el('div', { class: kind, role: 'group', 'aria-label': kind === 'quick' ? 'Quick replies' : 'Buttons' }, ...drawn) : null;
}

/** Opens an address, or says something for the user; what only phones can do is shown switched off. */
function reply(actionable, choose) {
  const payload = isObject(actionable.payload) ? actionable.payload : {};
  const label = `${actionable.emoji ? `${actionable.emoji} ` : ''}${actionable.actionable_text || payload.message || payload.url || '…'}`;
  const address = payload.url ?? payload.link;
  if (actionable.uri === 'LINK' || address) {
    const url = safeUrl(address);
    if (!url) return el('button', { type: 'button', disabled: true, title: 'This address cannot be opened from here' }, label);
    const anchor = link(url, label, el('span', { class: 'unseen' }, ' (opens in a new tab)'));
    anchor.className = 'button';
    return anchor;
  }
  if (actionable.uri && !payload.message && !payload.gogo_message) {
    return el('button', { type: 'button', disabled: true, title: `${actionable.uri} works only in an app` }, label);
  }
  const shown = String(payload.message || actionable.actionable_text || payload.gogo_message || label);
  const message = payload.gogo_message ? { payload } : { text: shown };
  const button = el('button', { type: 'button' }, label);
  button.addEventListener('click', () => choose({ shown, message }));
  return button;
}

const list = (value) => (Array.isArray(value) ? value : []);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
