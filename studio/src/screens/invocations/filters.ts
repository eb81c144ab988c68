// Which invocations are shown, as it stands in the address, in the fields and in the call.

import type { Schemas } from '../../api/client';

export interface Filters {
  node?: string;
  outcome?: Schemas['Outcome'];
  reason?: Schemas['FailureReason'];
  environment?: Schemas['Environment'];
  origin?: Schemas['Origin'];
  /** A version's name, or draft. */
  version?: string;
  time?: Time;
  /** Ends of a range, in UTC, so that a link means the same everywhere. */
  since?: string;
  until?: string;
  text?: string;
}

export type Time = keyof typeof SPANS | 'range';

/** How long ago, in milliseconds. */
const SPANS = { '15m': 15 * 60_000, '1h': 60 * 60_000, '24h': 24 * 60 * 60_000 };

export const TIMES: [Time, string][] = [['15m', 'last 15 minutes'], ['1h', 'last hour'], ['24h', 'last 24 hours'], ['range', 'a range']];
export const OUTCOMES: Schemas['Outcome'][] = ['succeeded', 'failed', 'interrupted'];
export const ENVIRONMENTS: Schemas['Environment'][] = ['staging', 'production'];
export const ORIGINS: Schemas['Origin'][] = ['CHAT', 'TEST'];

/** In the order of the how-to; a reason that is missing here is an error of types. */
const REASON: Record<Schemas['FailureReason'], true> = {
  syntax_error: true, import_error: true, exception: true, timeout: true, out_of_memory: true, killed: true, no_result: true,
  bad_result: true, result_too_large: true, response_too_large: true, no_rule_matched: true, dns_failed: true, connect_failed: true,
  tls_failed: true, bad_status: true, bad_content: true, insecure_url: true, egress_denied: true, circuit_open: true,
  sandbox_unavailable: true, overloaded: true, interrupted: true,
};
export const REASONS = Object.keys(REASON) as Schemas['FailureReason'][];

/** Characters. */
export const LONGEST_TEXT = 200;
const LONGEST_NAME = 255;

const NAMES = ['node', 'outcome', 'reason', 'environment', 'origin', 'version', 'time', 'since', 'until', 'text'] as const;

/** From an address that anybody may have written: what means nothing is left out. */
export function readFilters(query = ''): Filters {
  const given = new URLSearchParams(query);
  const name = (key: string) => given.get(key)?.slice(0, LONGEST_NAME) || undefined;
  const among = <T extends string>(key: string, all: T[]) => all.find((one) => one === given.get(key));
  const since = utc(given.get('since'));
  const until = utc(given.get('until'));
  return tidy({
    node: name('node'),
    outcome: among('outcome', OUTCOMES),
    reason: among('reason', REASONS),
    environment: among('environment', ENVIRONMENTS),
    origin: among('origin', ORIGINS),
    version: name('version'),
    time: since ?? until ? 'range' : among('time', TIMES.map(([time]) => time)),
    since, until,
    text: textOf(given.get('text') ?? ''),
  });
}

/** For the address: the same filters always have the same text. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams();
  const tidied = tidy(filters);
  for (const name of NAMES) {
    const value = tidied[name];
    if (value && !(name === 'time' && (tidied.since ?? tidied.until))) query.set(name, value);
  }
  return query.toString();
}

/** What the call asks for, at this moment. */
export function queryOf({ time, since, until, ...rest }: Filters, now = Date.now()) {
  if (time === undefined || time === 'range') return { ...rest, since, until };
  return { ...rest, since: new Date(now - SPANS[time]).toISOString() };
}

/** How many are set, the text aside, which is always in sight. */
export function countOf({ since, until, text, ...rest }: Filters): number {
  return Object.values({ ...rest, time: since || until || rest.time !== 'range' ? rest.time : undefined }).filter(Boolean).length;
}

export const isFiltered = (filters: Filters): boolean => writeFilters(filters) !== '';

/** Only what failed has a reason. */
export const mayHaveReason = ({ outcome }: Filters): boolean => outcome === undefined || outcome === 'failed';

/** A text as it is searched for. */
export const textOf = (typed: string): string | undefined => [...typed.trim()].slice(0, LONGEST_TEXT).join('').trim() || undefined;

/** What a field for date and time shows, in the browser's zone. */
export function localOf(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  const seconds = at.getSeconds() ? `:${two(at.getSeconds())}` : '';
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}${seconds}`;
}

/** From a date and time in UTC, or as such a field has it; empty for what is none. */
export function utc(text: string | null): string | undefined {
  const at = /^\d{4}-\d\d-\d\dT/.test(text ?? '') ? new Date(text!) : undefined;
  const year = at?.getUTCFullYear();
  return year !== undefined && year >= 1 && year < 9999 ? at!.toISOString() : undefined;
}

function tidy(filters: Filters): Filters {
  const ends = filters.time === 'range';
  const whole: Filters = {
    ...filters,
    reason: mayHaveReason(filters) ? filters.reason : undefined,
    since: ends ? filters.since : undefined,
    until: ends ? filters.until : undefined,
  };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value));
}
