// The text of a sample input, checked as it is typed.

export type Read = { payload: Record<string, unknown> } | { wrong: string; line: number };

export function readSample(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text.trim() || '{}');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { wrong: `This is not JSON: ${message}`, line: lineOf(message, text) };
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { payload: value as Record<string, unknown> }
    : { wrong: 'A sample input is a payload: a JSON object in braces.', line: 1 };
}

/** Browsers say where it broke in different words. */
function lineOf(message: string, text: string): number {
  const line = /line (\d+)/.exec(message);
  if (line) return Number(line[1]);
  const position = /position (\d+)/.exec(message);
  if (position) return text.slice(0, Number(position[1])).split('\n').length;
  return text.split('\n').length;
}

export const SAMPLE_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The name, or the first of name_2, name_3 ... that is not taken. */
export function freeName(name: string, taken: string[]): string {
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : `_${number}`;
    const wanted = name.slice(0, 64 - end.length) + end;
    if (!taken.includes(wanted)) return wanted;
  }
}
