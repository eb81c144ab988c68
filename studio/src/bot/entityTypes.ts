// The types of entities and their fields, as /schemas/bot.json of this server describes them.

import type { Entity } from './definition';

export interface Field {
  name: string;
  kind: 'text' | 'integer' | 'flag' | 'choice' | 'words' | 'json';
  required: boolean;
  hint: string;
  choices: string[];
}

export interface EntityType {
  type: string;
  label: string;
  hint: string;
  fields: Field[];
}

interface Schema {
  description?: string;
  const?: string;
  type?: string;
  enum?: string[];
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
}

const LABELS: Record<string, string> = {
  regex: 'a pattern', dictionary: 'one of these words', number: 'a whole number', phone_number: 'a phone number', email: 'an e-mail address', text: 'whatever they write',
};

/** Kept apart from the fields of a type: every type has it. */
const COMMON = ['type', 'reprompt', 'description'];

export function entityTypesOf(schema: { $defs: { entity: { oneOf?: Schema[] } } }): EntityType[] {
  return (schema.$defs.entity.oneOf ?? []).flatMap(({ properties = {}, required = [] }) => {
    const names = properties['type']?.const !== undefined ? [properties['type'].const] : properties['type']?.enum ?? [];
    const fields = Object.entries(properties).filter(([name]) => !COMMON.includes(name)).map(([name, field]): Field => ({
      name, kind: kindOf(field), required: required.includes(name), hint: field.description ?? '', choices: field.enum ?? [],
    }));
    return names.map((type) => ({ type, label: LABELS[type] ?? type.replace(/_/g, ' '), hint: properties['type']?.description ?? '', fields }));
  });
}

function kindOf({ type, enum: choices, additionalProperties }: Schema): Field['kind'] {
  if (choices) return 'choice';
  if (type === 'object' && typeof additionalProperties === 'object') return 'words';
  const kinds: Record<string, Field['kind']> = { string: 'text', integer: 'integer', boolean: 'flag' };
  return kinds[type ?? ''] ?? 'json';
}

let loaded: Promise<EntityType[]> | undefined;

export const entityTypes = (): Promise<EntityType[]> =>
  (loaded ??= fetch('/schemas/bot.json').then((reply) => reply.json()).then(entityTypesOf).catch((error: unknown) => {
    loaded = undefined;
    throw error;
  }));

/** A field as people type it: of words a line each, with what also means it behind a colon. */
export function textOfField(kind: Field['kind'], value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'words') return Object.entries(value as Record<string, string[]>).map(([word, variants]) => (variants.length ? `${word}: ${variants.join(', ')}` : word)).join('\n');
  return kind === 'json' ? JSON.stringify(value) : String(value);
}

export function fieldOfText(kind: Field['kind'], text: string): unknown {
  const given = text.trim();
  if (!given) return undefined;
  switch (kind) {
    case 'words':
      return Object.fromEntries(given.split('\n').filter((line) => line.trim()).map((line) => {
        const at = line.indexOf(':');
        const word = (at < 0 ? line : line.slice(0, at)).trim();
        return [word, at < 0 ? [] : line.slice(at + 1).split(',').map((one) => one.trim()).filter(Boolean)];
      }));
    case 'integer':
      return Number(given);
    case 'flag':
      return given === 'true';
    case 'json':
      return JSON.parse(given) as unknown;
    default:
      return text;
  }
}

/** What keeps a field from being saved, in words. */
export function wrongIn({ kind, required }: Field, text: string): string | undefined {
  if (!text.trim()) return required ? 'This is needed.' : undefined;
  if (kind === 'integer' && !/^\d{1,9}$/.test(text.trim())) return 'Write a whole number.';
  if (kind === 'words' && text.split('\n').some((line) => line.trim().startsWith(':'))) return 'A line begins with its word.';
  if (kind !== 'json') return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return 'This is no JSON yet.';
  }
}

export const withField = (entity: Entity, { name, kind }: Field, text: string): Entity => ({ ...entity, [name]: fieldOfText(kind, text) });
