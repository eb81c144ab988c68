// Values typed into a form, and what others saved of the same meanwhile.

export interface Field<T> {
  label: string;
  /** Which belong together: a change of one is a change of all. */
  keys: (keyof T)[];
  /** The value for people; the text of the first key where it is not given. */
  words?(value: T): string;
}

export interface Typed<T> {
  /** What was there when the typing began. */
  base: T;
  mine: T;
}

export interface Clash<T> {
  field: Field<T>;
  mine: string;
  theirs: string;
}

/** What is typed upon what is there; of a clash the base stays, so that it goes on being one. */
export interface Merged<T> extends Typed<T> {
  clashes: Clash<T>[];
}

const same = <T>(keys: (keyof T)[], a: T, b: T) => keys.every((key) => a[key] === b[key]);

const pick = <T>(keys: (keyof T)[], from: T): Partial<T> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<T>;

export function wordsIn<T>({ keys, words }: Field<T>, value: T): string {
  const own = words ? words(value) : value[keys[0]!];
  return typeof own === 'boolean' ? (own ? 'yes' : 'no') : String(own ?? '');
}

/** Changes of others in other fields come in; a change of the same field by both is a clash. */
export function merge<T extends object>(fields: Field<T>[], { base, mine }: Typed<T>, there: T): Merged<T> {
  const merged: Merged<T> = { base: { ...there }, mine: { ...there }, clashes: [] };
  for (const field of fields) {
    const { keys } = field;
    if (same(keys, mine, base)) continue;
    Object.assign(merged.mine, pick(keys, mine));
    if (same(keys, base, there) || same(keys, mine, there)) continue;
    Object.assign(merged.base, pick(keys, base));
    merged.clashes.push({ field, mine: wordsIn(field, mine), theirs: wordsIn(field, there) });
  }
  return merged;
}

/** Ends all clashes: what is there is what the typing goes on from. */
export function settled<T extends object>({ mine, clashes }: Merged<T>, there: T, whose: 'mine' | 'theirs'): Typed<T> {
  const taken = whose === 'theirs' ? clashes.map(({ field }) => pick(field.keys, there)) : [];
  return { base: { ...there }, mine: Object.assign({ ...mine }, ...taken) as T };
}

/** After a save: what was typed while it went on stays, upon what is there now. */
export function afterSave<T extends object>(sent: T, latest: T, there: T): Typed<T> {
  const since = (Object.keys(latest) as (keyof T)[]).filter((key) => latest[key] !== sent[key]);
  return { base: { ...there }, mine: { ...there, ...pick(since, latest) } };
}

export const differs = <T extends object>(a: T, b: T): boolean =>
  (Object.keys({ ...a, ...b }) as (keyof T)[]).some((key) => a[key] !== b[key]);

/** What an earlier visit left; undefined where nothing of it is unsaved. One of an older studio may lack a part. */
export function restored<T extends object>(fields: Field<T>[], kept: { text: string; base: string } | undefined, there: T): Typed<T> | undefined {
  if (!kept) return undefined;
  const mine = objectIn(kept.text);
  if (!mine) return undefined;
  const base = { ...there, ...objectIn(kept.base) } as T;
  const typed = { base, mine: { ...base, ...mine } as T };
  return differs(merge(fields, typed, there).mine, there) ? typed : undefined;
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
