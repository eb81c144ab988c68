// Variables of an integration's output, as paths that rules and texts name.

type Fields = Record<string, unknown>;

const MOST = 200;

/** Paths into a sample of the output, with the value that stands there. */
export function variablesIn(output: unknown, prefix = '', found = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof output !== 'object' || output === null) return found;
  const entries = Array.isArray(output) ? output.slice(0, 1).map((one, index): [string, unknown] => [String(index), one]) : Object.entries(output as Fields);
  for (const [key, value] of entries) {
    if (found.size >= MOST || key.includes('.') || key.includes(']')) continue;
    found.set(prefix + key, value);
    variablesIn(value, `${prefix}${key}.`, found);
  }
  return found;
}

/** What is typed as a value: a number and a truth are what they look like, all else is a text. */
export function valueOf(text: string): string | number | boolean {
  const given = text.trim();
  if (given === 'true' || given === 'false') return given === 'true';
  return given !== '' && String(Number(given)) === given ? Number(given) : text;
}
