// Changes of one item of a list that others may change too: the item is found by what it was.

import { patched, patchOf, same } from '../../bot/patch';

/** Somebody else changed or removed what is changed here. */
export class Overtaken extends Error {
  constructor() {
    super('Somebody else changed this meanwhile; what is there now is shown. What you typed is still in the field: change it once more to put it over theirs.');
  }
}

function indexOf<T>(list: T[], at: number, was: T): number {
  if (same(list[at], was)) return at;
  const found = list.findIndex((one) => same(one, was));
  if (found < 0) throw new Overtaken();
  return found;
}

/** What was changed of it meanwhile stays, where it is something else. */
export function replaced<T>(list: T[], at: number, was: T, now: T): T[] {
  const mixed = list.some((one) => same(one, was)) ? undefined : mix(list[at], was, now);
  if (mixed !== undefined) return list.map((one, place) => (place === at ? mixed : one));
  const index = indexOf(list, at, was);
  return list.map((one, place) => (place === index ? now : one));
}

function mix<T>(there: T | undefined, was: T, now: T): T | undefined {
  if (!isFields(there) || !isFields(was) || !isFields(now)) return undefined;
  const change = patchOf(was, now);
  return Object.keys(change).every((key) => same(there[key], was[key])) ? (patched(there, change) as T) : undefined;
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export function removed<T>(list: T[], at: number, was: T): T[] {
  const index = indexOf(list, at, was);
  return list.filter((_, place) => place !== index);
}

/** @param by -1 towards the beginning, 1 towards the end */
export function moved<T>(list: T[], at: number, was: T, by: number): T[] {
  const index = indexOf(list, at, was);
  const to = Math.min(list.length - 1, Math.max(0, index + by));
  const rest = list.filter((_, place) => place !== index);
  return [...rest.slice(0, to), list[index]!, ...rest.slice(to)];
}
