// The parts of an API integration as they stand in its form, and back.

import type { ApiIntegration, Definition } from '../../bot/definition';

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
  before: string;
  after: string;
}

/** Words that are plain texts, one a line; what has more to it is kept as it is and not shown. */
const linesOf = (says: unknown[] | undefined): string => (says ?? []).filter((say) => typeof say === 'string').join('\n');

function saysOf(lines: string, was: unknown[] | undefined): unknown[] | undefined {
  const rich = (was ?? []).filter((say) => typeof say !== 'string');
  const says = [...lines.split('\n').map((line) => line.trim()).filter(Boolean), ...rich];
  return says.length ? says : undefined;
}

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

export function withForm(definition: Definition, node: string, form: ApiForm): Definition {
  const at = definition.nodes?.[node];
  if (at?.integration?.type !== 'api') return definition;
  const { path: _, url: __, ...rest } = at.integration;
  const integration: ApiIntegration = {
    ...rest,
    ...(form.override ? { url: form.url.trim() } : { path: form.path.trim() }),
    secret: form.secret || undefined,
    headers: headersOf(form.headers),
    timeout: form.timeout.trim() || undefined,
    response_before: saysOf(form.before, at.integration.response_before),
    response_after: saysOf(form.after, at.integration.response_after),
  };
  const base = { staging: form.staging.trim() || undefined, production: form.production.trim() || undefined };
  return {
    ...definition,
    base_url: base.staging || base.production ? base : undefined,
    nodes: { ...definition.nodes, [node]: { ...at, integration } },
  };
}
