// A bot's definition as /schemas/bot.json describes it: the parts that the studio shows or changes.
// What it does not know it leaves as it is.

import { ApiError } from '../api/client';

export type Text = string | Record<string, string>;

export interface EntityUse {
  entity: string;
  required?: boolean;
  ask?: unknown;
}

export interface CodeIntegration {
  type: 'code';
  isolation?: 'restored' | 'process' | 'kept';
  reuse?: boolean;
  timeout?: string;
  output_sample?: unknown;
  response_before?: unknown;
  response_after?: unknown;
}

export interface ApiIntegration {
  type: 'api';
  path?: string;
  url?: string;
  secret?: string;
  headers?: Record<string, string>;
  timeout?: string;
  output_sample?: unknown;
  response_before?: unknown;
  response_after?: unknown;
}

export type Integration = CodeIntegration | ApiIntegration;

export interface Comparison {
  variable: string;
  /** One operator and its value. */
  [operator: string]: unknown;
}

export type Rule = { all: Comparison[] } | { any: Comparison[] };

export interface Connection {
  to: string;
  when?: Rule;
  user_says?: unknown[];
  entity?: Record<string, { values?: string[]; present?: boolean }>;
}

export interface Node {
  label?: Text;
  start?: boolean;
  end?: boolean;
  context_clear?: boolean;
  active?: boolean;
  user_says?: unknown;
  entities?: EntityUse[];
  bot_says?: unknown;
  integration?: Integration;
  connections?: Connection[];
  position?: { x: number; y: number };
}

export type Entity = { type?: string; reprompt?: unknown } & Record<string, unknown>;

export interface Definition {
  bot: string;
  name?: Text;
  language?: string;
  bot_break?: Text;
  human_assistance?: boolean;
  base_url?: { staging?: string; production?: string };
  egress?: { allow?: string[]; public?: boolean };
  limits?: { code_timeout?: string; api_timeout?: string; memory?: string };
  variables?: Record<string, { secret?: boolean } | null>;
  entities?: Record<string, Entity>;
  nodes?: Record<string, Node>;
  code?: Record<string, string>;
  samples?: Record<string, Record<string, unknown>>;
  requirements?: string;
}

/** A text in the bot's own language, or in any. */
export function textOf(text: unknown, language = 'en'): string {
  if (typeof text === 'string') return text;
  if (typeof text !== 'object' || text === null) return '';
  const texts = text as Record<string, unknown>;
  const own = texts[language] ?? Object.values(texts)[0];
  return typeof own === 'string' ? own : '';
}

/** What users say to get to a node, in the bot's own language. */
export function utterancesOf(says: unknown, language = 'en'): string[] {
  const own = Array.isArray(says) || typeof says !== 'object' || says === null
    ? says
    : (says as Record<string, unknown>)[language] ?? Object.values(says)[0];
  return (Array.isArray(own) ? own : [own]).map((one) => textOf(one, language)).filter(Boolean);
}

/** What stands alone or in a list, as a list. */
export const listOf = (one: unknown): unknown[] => (one === undefined || one === null ? [] : Array.isArray(one) ? one : [one]);

/** The words of a bubble, of its first variant where it has several; empty for what has none. */
export function wordsOf(say: unknown, language = 'en'): string {
  if (typeof say !== 'object' || say === null) return textOf(say, language);
  const { variants, text } = say as { variants?: unknown; text?: unknown };
  if (Array.isArray(variants)) return wordsOf(variants[0], language);
  return text === undefined ? textOf(say, language) : textOf(text, language);
}

export const labelOf = (name: string, node: Node | undefined, language?: string): string =>
  textOf(node?.label, language) || name.toLowerCase().replace(/_/g, ' ').replace(/^./, (c) => c.toUpperCase());

/** A system name made of words: A-Z, 0-9 and _ only, up to 64, and none that is taken. */
export function systemName(words: string, taken: string[], otherwise = 'INTEGRATION'): string {
  const plain = words.normalize('NFKD').toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60) || otherwise;
  if (!taken.includes(plain)) return plain;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${plain}_${number}`)) return `${plain}_${number}`;
  }
}

/** The name of a bot: a-z, 0-9, - and _ only, and none that is taken. */
export function botName(words: string, taken: string[]): string {
  const plain = words.normalize('NFKD').toLowerCase().replace(/[^a-z0-9_]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'bot';
  if (!taken.includes(plain)) return plain;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${plain}-${number}`)) return `${plain}-${number}`;
  }
}

/** A payload as an integration of this node would get it, with one value for each entity it asks for. */
export function samplePayload(name: string, node: Node | undefined, entities: Definition['entities']): unknown {
  const wanted = new Set((node?.entities ?? []).map((use) => use.entity));
  const values = Object.keys(entities ?? {}).map((entity) => [
    entity,
    wanted.has(entity)
      ? [{ detection: 'message', original_text: sampleOf(entities?.[entity]), entity_value: valueOf(entities?.[entity]), language: 'en' }]
      : [],
  ]);
  return {
    node: name,
    event: 'API_INTEGRATION',
    user: { user_id: 'u-sample', user_name: 'sample', full_name: 'Guest User', device_platform: 13, language_code: 'en', auth_id: 'sample', auth_code: '' },
    conversation_no: 1,
    conversation_details: {},
    user_details: { language_code: 'en', name: 'Guest User' },
    entities: Object.fromEntries(values),
  };
}

/** Of a pattern it stands in an object, as at run time. */
const valueOf = (entity: Entity | undefined): unknown => (entity?.type === 'regex' ? { value: sampleOf(entity) } : sampleOf(entity));

function sampleOf(entity: Entity | undefined): string {
  switch (entity?.type) {
    case 'dictionary':
      return Object.keys((entity['values'] ?? {}) as object)[0] ?? 'abc123';
    case 'number':
      return '42';
    case 'phone_number':
      return '+12025550143';
    case 'email':
      return 'ann@example.com';
    default:
      return 'abc123';
  }
}

/** An address with the values of variables put in; a secret, or a value that is not set, stays a name. */
export function withVariables(address: string, values: Record<string, string | undefined>): string {
  return address.replace(/\[\[\s*(\w+)\s*\]\]/g, (whole, name: string) => values[name] ?? whole);
}

/** Where an API integration goes in an environment; empty where the definition does not say. */
export function effectiveUrl(
  definition: Pick<Definition, 'base_url'>,
  integration: Pick<ApiIntegration, 'path' | 'url'>,
  environment: 'staging' | 'production',
  values: Record<string, string | undefined>,
): string {
  if (integration.url) return withVariables(integration.url, values);
  const base = definition.base_url?.[environment];
  if (!base) return '';
  const path = integration.path ?? '';
  return withVariables(base.replace(/\/+$/, '') + (path.startsWith('/') || !path ? path : `/${path}`), values);
}

/** Where a variable is named: the nodes that do, and whether an address of the whole bot does. Code is not looked through. */
export function namedBy({ nodes, base_url }: Pick<Definition, 'nodes' | 'base_url'>, variable: string): { nodes: string[]; base: boolean } {
  const names = (value: unknown) => (JSON.stringify(value) ?? '').match(/\[\[\s*\w+\s*\]\]/g)?.some((one) => one.slice(2, -2).trim() === variable) ?? false;
  const signs = ({ integration }: Node) => integration?.type === 'api' && integration.secret === variable;
  return {
    nodes: Object.entries(nodes ?? {}).filter(([, node]) => signs(node) || names(node)).map(([name]) => name),
    base: names(base_url),
  };
}

/** What is typed for a node has no place in the definition any more. */
export const goneError = (node: string): ApiError =>
  new ApiError(0, 'unknown_node', 'This has no place any more.', `Somebody else removed the node ${node}, or its integration became another. What you typed is kept in this browser.`);
