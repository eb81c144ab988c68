// A change of a bot's definition, made upon what is on the server at that moment.

import { ApiError } from '../api/client';
import type { Definition } from './definition';

export interface Held {
  definition: Definition;
  revision: string;
}

export interface Shelf {
  read(): Promise<Held>;
  /** Refused as stale where what the change was made upon is no longer the current one. */
  write(definition: Definition, upon: Held): Promise<Held>;
  /** Told what was read, since others had saved meanwhile. */
  seen(held: Held): void;
}

const MOST_ATTEMPTS = 4;

/**
 * @param held what is known to be there
 * @param change made anew whenever others saved first; what it throws ends the edit, and nothing is written
 */
export async function edited(shelf: Shelf, held: Held, change: (definition: Definition) => Definition): Promise<Held> {
  for (let attempt = 1, now = held; ; attempt++) {
    const wanted = change(now.definition);
    try {
      return await shelf.write(wanted, now);
    } catch (error) {
      // A definition that is refused as wrong may be so only in what others have mended since.
      if (!(error instanceof ApiError) || error.status !== 412 && error.status !== 422 || attempt === MOST_ATTEMPTS) throw error;
      const fresh = await shelf.read();
      if (error.status === 422 && fresh.revision === now.revision) throw error;
      now = fresh;
      shelf.seen(now);
    }
  }
}
