// HSL elements as bots send them. They are written by builders, so nothing about them is certain.

export type Json = unknown;
export type Fields = Record<string, Json>;

/** What the user says by choosing something: shown in the chat, and sent to the bot. */
export interface Choice {
  shown: string;
  message: { text?: string; payload?: Fields };
}

export const isObject = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : []);
export const objectsOf = (value: Json): Fields[] => listOf(value).filter(isObject);
export const words = (value: Json): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value) ?? '';

/** Not a number for what is none: `Number` throws for an object with a `toString` of its own. */
export const numberOf = (value: Json): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;

const SAFE_SCHEMES = ['http:', 'https:', 'tel:', 'mailto:'];

/** The address if a bot may send a user there. A relative one would lead back into this page. */
export function safeUrl(text: Json): string | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const url = new URL(text.trim());
    return SAFE_SCHEMES.includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** What a thing to tap does. */
export type Tap =
  | { kind: 'link'; url: string; label: string }
  | { kind: 'say'; choice: Choice; label: string }
  | { kind: 'off'; why: string; label: string };

export function tapOf(actionable: Fields): Tap {
  const payload = isObject(actionable['payload']) ? actionable['payload'] : {};
  const emoji = words(actionable['emoji']);
  const name = words(actionable['actionable_text']) || words(payload['message']) || words(payload['url']) || '…';
  const label = emoji ? `${emoji} ${name}` : name;
  const address = payload['url'] ?? payload['link'];
  if (actionable['uri'] === 'LINK' || (address && !payload['gogo_message'])) {
    const url = safeUrl(address);
    return url ? { kind: 'link', url, label } : { kind: 'off', why: 'This address cannot be opened from here', label };
  }
  if (actionable['uri'] && !payload['message'] && !payload['gogo_message']) {
    return { kind: 'off', why: `${words(actionable['uri'])} works only in an app`, label };
  }
  const shown = words(payload['message']) || words(actionable['actionable_text']) || words(payload['gogo_message']) || label;
  return { kind: 'say', choice: { shown, message: payload['gogo_message'] ? { payload } : { text: shown } }, label };
}
