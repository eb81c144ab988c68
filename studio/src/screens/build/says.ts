// Bubbles as the editor knows them, and as they stand in the definition.

import type { Text } from '../../bot/definition';

type Fields = Record<string, unknown>;

export interface QuickReply extends Fields {
  actionable_text: string;
}

/** What is pressed on a button or a card. */
export interface Actionable extends Fields {
  actionable_text?: string;
  payload?: Fields;
}

export interface Item extends Fields {
  title?: string;
  sub_title?: string;
  description?: string;
  thumbnail?: { image?: string };
  actionables?: Actionable[];
}

export interface Element extends Fields {
  type: string;
  text?: unknown;
  data: Fields;
}

export type Shape =
  /** Words, with what can be pressed below them. */
  | { kind: 'text'; text: Text; replies: QuickReply[]; element?: Fields }
  | { kind: 'variants'; variants: unknown[] }
  /** Buttons, a carousel or an image. */
  | { kind: 'items'; element: Element; items: Item[] }
  /** Anything else, as JSON. */
  | { kind: 'raw'; element: unknown };

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

export function shapeOf(bubble: unknown): Shape {
  if (typeof bubble === 'string') return { kind: 'text', text: bubble, replies: [] };
  if (!isFields(bubble) || Object.keys(bubble).length === 0) return { kind: 'raw', element: bubble };
  if (Array.isArray(bubble['variants'])) return { kind: 'variants', variants: bubble['variants'] };
  if (bubble['type'] === undefined && bubble['data'] === undefined) return { kind: 'text', text: bubble as Text, replies: [] };
  const data = bubble['data'];
  const replies = isFields(data) ? data['quick_replies'] ?? [] : undefined;
  const simple = Array.isArray(replies) && replies.every((one) => isFields(one) && typeof one['actionable_text'] === 'string');
  const text = bubble['text'] ?? '';
  if (bubble['type'] === 'TEXT' && simple && (typeof text === 'string' || isFields(text))) {
    return { kind: 'text', text: text as Text, replies: replies as QuickReply[], element: bubble };
  }
  const items = isFields(data) ? data['items'] : undefined;
  const known = ['BUTTON', 'CAROUSEL', 'IMAGE'].includes(String(bubble['type'])) && typeof text === 'string';
  if (known && Array.isArray(items) && items.every(isItem)) return { kind: 'items', element: bubble as Element, items };
  return { kind: 'raw', element: bubble };
}

const isItem = (item: unknown): item is Item =>
  isFields(item) && isWords(item, 'title', 'sub_title', 'description', 'actionable_text')
  && (item['thumbnail'] === undefined || isFields(item['thumbnail']) && isWords(item['thumbnail'], 'image'))
  && (item['actionables'] === undefined || Array.isArray(item['actionables']) && item['actionables'].every((one) => isFields(one) && isWords(one, 'actionable_text')));

const isWords = (fields: Fields, ...keys: string[]) => keys.every((key) => fields[key] === undefined || typeof fields[key] === 'string');

/** Where a button leads: to an address, to an answer, or elsewhere. */
export function targetOf({ type, uri, payload }: Actionable): { kind: 'link' | 'answer' | 'other'; to: string } {
  if (type === 'APP_ACTION' && uri === 'LINK') return { kind: 'link', to: String(payload?.['url'] ?? '') };
  if (type === 'TEXT_ONLY') return { kind: 'answer', to: String(payload?.['message'] ?? '') };
  return { kind: 'other', to: '' };
}

export const withTarget = (one: Actionable, kind: 'link' | 'answer', to = ''): Actionable =>
  kind === 'link' ? { ...one, type: 'APP_ACTION', uri: 'LINK', payload: { url: to } } : { ...one, type: 'TEXT_ONLY', uri: '', payload: { message: to } };

export const actionable = (words: string, url: string): Actionable => withTarget({ actionable_text: words, is_default: 0 }, 'link', url);

export const quickReply = (words: string): QuickReply => ({ actionable_text: words, type: 'TEXT_ONLY', is_default: 0, payload: { message: words } });

/** Plain words where nothing else is needed; what the editor does not know stays. */
export function bubbleOf({ text, replies, element }: Extract<Shape, { kind: 'text' }>): unknown {
  if (!element && !replies.length) return text;
  const data = isFields(element?.['data']) ? element['data'] : {};
  return { ...element, text, type: 'TEXT', data: { ...data, quick_replies: replies } };
}

const LINK = actionable('Open', 'https://example.com');

/** What a new bubble of a kind begins with. */
export const BEGINNINGS: { label: string; bubble: unknown }[] = [
  { label: 'Text', bubble: 'Write what the bot says.' },
  { label: 'Quick replies', bubble: { text: 'Shall I?', type: 'TEXT', data: { quick_replies: [quickReply('Yes'), quickReply('No')] } } },
  { label: 'One of several', bubble: { variants: ['Hello.', 'Hi there.'] } },
  { label: 'Buttons', bubble: { text: 'Here it is.', type: 'BUTTON', data: { items: [LINK] } } },
  { label: 'Carousel', bubble: { text: '', type: 'CAROUSEL', data: { width: 'MEDIUM', image_aspect_ratio: 1.77, items: [{ title: 'First', sub_title: '', description: '', thumbnail: { image: '' }, actionables: [LINK] }] } } },
  { label: 'Image', bubble: { text: '', type: 'IMAGE', data: { width: 'MEDIUM', image_aspect_ratio: 1.77, items: [{ thumbnail: { image: 'https://example.com/picture.png' }, actionables: [] }] } } },
  { label: 'Form', bubble: { title: 'Your data', type: 'FORM', data: { fields: [{ key: 'name', type: 'text', keyboard_type: 'normal', order: 1, hint: 'Name' }, { key: 'email', type: 'text', keyboard_type: 'email', order: 2, hint: 'E-mail' }] } } },
];
