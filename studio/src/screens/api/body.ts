// What is shown of a request and its answer, as text.

import type { Schemas } from '../../api/client';

/** What the server puts in the place of a secret. */
export const MASK = '***';

/** Deep values take most of their room for indenting: a small answer could fill the memory. */
const MOST_DEPTH = 200;
const MOST_INDENT = 2_000_000;

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON with a line for each member; undefined for any other text, and for what is too deep. Numbers and repeated keys stay as
 * they are, which parsing and printing would change.
 */
export function indented(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const out: string[] = [];
  let depth = 0;
  let last = '';
  let spent = 0;
  for (const [token] of text.matchAll(TOKENS)) {
    const closes = token === '}' || token === ']';
    const opened = last === '{' || last === '[';
    if (closes) depth--;
    if (closes ? !opened : opened || last === ',') {
      spent += 2 * depth;
      out.push('\n', '  '.repeat(depth));
    }
    out.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth++;
    if (depth > MOST_DEPTH || spent > MOST_INDENT) return undefined;
    last = token;
  }
  return out.join('');
}

export const isSigned = (headers: Schemas['Header'][]): boolean =>
  headers.some(({ name }) => name.toLowerCase() === 'x-hub-signature');

/** The failure of a test, saying how far it came where no answer did. */
export function outcomeOf(result: Schemas['TestResult']): Schemas['InvocationError'] | undefined {
  const { error, exchange } = result;
  if (!error || exchange?.response) return error;
  return { ...error, message: `${exchange ? 'No answer came' : 'No request was made'}: ${error.message}` };
}
