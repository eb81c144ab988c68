// Bubbles as lines of a form, and back: what is no plain line keeps its place.

import { textOf, wordsOf } from '../../bot/definition';

/** A bubble that the form shows and does not change. */
export interface KeptBubble {
  /** From 1. */
  place: number;
  words: string;
  /** What it has more than words of one language. */
  more: string;
}

/** One bubble stands for a list of one. */
const listOf = (says: unknown): unknown[] => (Array.isArray(says) ? says : says === undefined ? [] : [says]);

/** Comes back from a line of its own as it was. */
const isLine = (say: unknown): say is string => typeof say === 'string' && say !== '' && say === say.trim() && !say.includes('\n');

const trimmed = (lines: string): string[] => lines.split('\n').map((line) => line.trim()).filter(Boolean);

export const linesOf = (says: unknown): string => listOf(says).filter(isLine).join('\n');

export function keptOf(says: unknown, language?: string): KeptBubble[] {
  return listOf(says).flatMap((say, index) => (isLine(say) ? [] : [{ place: index + 1, words: wordsOf(say, language) || textOf(say), more: moreOf(say) }]));
}

function moreOf(say: unknown): string {
  if (typeof say === 'string') return 'several lines';
  if (typeof say !== 'object' || say === null) return 'of unknown kind';
  const { variants, type } = say as { variants?: unknown; type?: unknown };
  if (Array.isArray(variants)) return `${variants.length} variants`;
  if (typeof type === 'string') return type;
  return Object.values(say).every((text) => typeof text === 'string') ? Object.keys(say).join(', ') : 'of more parts';
}

/** @param was what stands there, which is left alone where its lines are the same */
export function saysOf(lines: string, was: unknown): unknown {
  const old = listOf(was);
  const before = old.filter(isLine);
  const after = trimmed(lines);
  if (before.length === after.length && before.every((line, index) => line === after[index])) return was;
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const says: unknown[] = [...after];
  let passed = 0;
  let put = 0;
  for (const say of old) {
    if (isLine(say)) passed++;
    else {
      // Behind the line that it stood behind, before the one that it stood before, or among those between.
      const left = before.length - passed;
      const at = passed <= head ? passed : left <= tail ? after.length - left : Math.min(passed, after.length - tail);
      says.splice(at + put++, 0, say);
    }
  }
  return says.length ? says : undefined;
}
