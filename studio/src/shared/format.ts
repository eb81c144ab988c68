// Numbers, times and sizes for people.

export function time(iso: string, now = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toDateString() === now.toDateString() ? at.toLocaleTimeString() : at.toLocaleString();
}

export function millis(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return value >= 10 || Number.isInteger(value) ? `${Math.round(value)} ms` : `${value.toFixed(1)} ms`;
}

export function bytes(value: number | undefined): string {
  if (value === undefined) return '–';
  if (value < 1024) return `${value} B`;
  if (value < 1024 * 1024) return `${(value / 1024).toFixed(1)} KiB`;
  return `${(value / 1024 / 1024).toFixed(1)} MiB`;
}

/** A version's name is long; its beginning tells versions apart. */
export const short = (version: string): string => (version.length > 14 ? `${version.slice(0, 14)}…` : version);

/** Larger values are cut for the screen: a browser lays out a megabyte of text in seconds. */
export const SHOWN_CHARACTERS = 100_000;

export function pretty(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2) ?? '';
}

/** Works without a secure context, where crypto.randomUUID does not. */
export function randomId(size = 12): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(size)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
