// JSON Merge Patch (RFC 7396): what changed between two documents, and a document with a change.

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

export const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, index) => same(one, b[index]));
  if (!isFields(a) || !isFields(b)) return false;
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  return keys.length === Object.keys(b).filter((key) => b[key] !== undefined).length && keys.every((key) => same(a[key], b[key]));
};

/** What makes the one the other; empty where they are the same. */
export function patchOf(before: object, after: object): Fields {
  const was = before as Fields;
  const now = after as Fields;
  const patch: Fields = {};
  for (const key of new Set([...Object.keys(was), ...Object.keys(now)])) {
    const [old, wanted] = [was[key], now[key]];
    if (same(old, wanted)) continue;
    patch[key] = wanted === undefined ? null : isFields(old) && isFields(wanted) ? patchOf(old, wanted) : wanted;
  }
  return patch;
}

export function patched<T extends object>(document: T, patch: object): T {
  const result: Fields = { ...(document as Fields) };
  for (const [key, wanted] of Object.entries(patch)) {
    if (wanted === null) delete result[key];
    else result[key] = isFields(wanted) ? patched(isFields(result[key]) ? result[key] : {}, wanted) : wanted;
  }
  return result as T;
}

/** Whether the patch alone brings what is wanted: it cannot say where in the order something new stands. */
export const suffices = (before: object, patch: object, after: object): boolean => order(patched(before, patch)) === order(after);

const order = (value: unknown): string => JSON.stringify(value);
