// Saving where others may save too: only a change of the very same thing is a conflict.

import { ApiError } from '../api/client';

export interface Saved<R> {
  revision: string;
  result: R;
}

/** Somebody else saved something else in the same place. */
export class Conflict extends Error {
  constructor(
    readonly base: string,
    readonly theirs: string,
    readonly mine: string,
    readonly revision: string,
  ) {
    super('Somebody else changed this meanwhile.');
  }
}

/** Where what is there now is neither what the editing began with nor what is to be saved. */
export const conflictOf = (base: string, now: { text: string; revision: string }, mine: string): Conflict | undefined =>
  now.text !== base && now.text !== mine ? new Conflict(base, now.text, mine, now.revision) : undefined;

export interface Place<R> {
  read(): Promise<{ text: string; revision: string }>;
  write(text: string, revision: string): Promise<Saved<R>>;
}

/**
 * @param base what was there when the editing began
 * @param revision under which it was read
 */
export async function save<R>(place: Place<R>, base: string, mine: string, revision: string): Promise<Saved<R>> {
  for (let attempt = 0, current = revision; ; attempt++) {
    try {
      return await place.write(mine, current);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'stale' || attempt === 3) throw error;
      const now = await place.read();
      const conflict = conflictOf(base, now, mine);
      if (conflict) throw conflict;
      current = now.revision;
    }
  }
}
