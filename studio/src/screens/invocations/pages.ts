// Pages of a list that goes on growing at its front.

import type { Schemas } from '../../api/client';

export type Page = Schemas['Invocations'];

export const PAGE = 50;

/** All pages in one: what comes behind `page`, which was asked for with the cursor of `before`. */
export function joined(before: Page, page: Page): Page {
  const searched = before.searched === undefined ? page.searched : before.searched + (page.searched ?? 0);
  return { invocations: [...before.invocations, ...page.invocations], next_cursor: page.next_cursor, searched };
}

/** The first page as it is at this moment over those that were read before, unless rows between them would be hidden. */
export function refreshed(first: Page, read: Page | undefined): Page {
  if (!read) return first;
  const fresh = new Set(first.invocations.map((row) => row.invocation_id));
  const behind = read.invocations.filter((row) => !fresh.has(row.invocation_id));
  if (fresh.size >= PAGE && behind.length === read.invocations.length) return first;
  return { ...read, invocations: [...first.invocations, ...behind] };
}
