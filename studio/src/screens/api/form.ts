// The parts of an API integration as they stand in its form, and back.

import { goneError, type ApiIntegration, type Definition } from '../../bot/definition';
import type { Form } from '../setup/useSettings';
import { linesOf, saysOf } from './says';

export interface ApiForm {
  staging: string;
  production: string;
  path: string;
  override: boolean;
  url: string;
  secret: string;
  /** A line each, name and value. */
  headers: string;
  timeout: string;
  /** Plain bubbles, one a line. */
  before: string;
  after: string;
}

const FIELDS: Form<ApiForm>['fields'] = [
  { label: 'Base URL, staging', keys: ['staging'] },
  { label: 'Base URL, production', keys: ['production'] },
  { label: 'Address', keys: ['path', 'override', 'url'], words: ({ override, url, path }) => (override ? url : path) },
  { label: 'Secret', keys: ['secret'] },
  { label: 'Headers', keys: ['headers'] },
  { label: 'Timeout', keys: ['timeout'] },
  { label: 'Said before the API is called', keys: ['before'] },
  { label: 'Said after its reply', keys: ['after'] },
];

/** A line without a colon becomes a name without a value, which the server says something about. */
function headersOf(lines: string): Record<string, string> | undefined {
  const headers = lines.split('\n').filter((line) => line.trim()).map((line): [string, string] => {
    const [name = '', ...value] = line.split(':');
    return [name.trim(), value.join(':').trim()];
  });
  return headers.length ? Object.fromEntries(headers) : undefined;
}

export function formOf(definition: Definition, node: string): ApiForm {
  const at = definition.nodes?.[node]?.integration;
  const api: Partial<ApiIntegration> = at?.type === 'api' ? at : {};
  return {
    staging: definition.base_url?.staging ?? '',
    production: definition.base_url?.production ?? '',
    path: api.path ?? '',
    override: api.url !== undefined,
    url: api.url ?? '',
    secret: api.secret ?? '',
    headers: Object.entries(api.headers ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n'),
    timeout: api.timeout ?? '',
    before: linesOf(api.response_before),
    after: linesOf(api.response_after),
  };
}

/** What the form does not change stays as it is written. */
export function withForm(definition: Definition, node: string, form: ApiForm): Definition {
  const at = definition.nodes?.[node];
  if (at?.integration?.type !== 'api') throw goneError(node);
  const was = formOf(definition, node);
  const changed = (...keys: (keyof ApiForm)[]) => keys.some((key) => form[key] !== was[key]);
  const { path: _, url: __, ...rest } = at.integration;
  const integration: ApiIntegration = {
    ...(changed('override', 'path', 'url') ? { ...rest, ...(form.override ? { url: form.url.trim() } : { path: form.path.trim() }) } : at.integration),
    ...(changed('secret') && { secret: form.secret || undefined }),
    ...(changed('headers') && { headers: headersOf(form.headers) }),
    ...(changed('timeout') && { timeout: form.timeout.trim() || undefined }),
    ...(changed('before') && { response_before: saysOf(form.before, at.integration.response_before) }),
    ...(changed('after') && { response_after: saysOf(form.after, at.integration.response_after) }),
  };
  const base = { staging: form.staging.trim() || undefined, production: form.production.trim() || undefined };
  return {
    ...definition,
    ...(changed('staging', 'production') && { base_url: base.staging || base.production ? base : undefined }),
    nodes: { ...definition.nodes, [node]: { ...at, integration } },
  };
}

export const apiForm = (node: string): Form<ApiForm> => ({
  name: `api ${node}`, fields: FIELDS, part: (definition) => formOf(definition, node), change: (definition, form) => withForm(definition, node, form),
});
