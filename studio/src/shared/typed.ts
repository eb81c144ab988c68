// A text that is typed here and saved on the server, where others save too: what is there, what was
// there when the typing began, and what is typed.

import type { Draft } from './drafts';
import { Conflict, conflictOf, save, type Place } from './saving';

export class Typed {
  /** As it was last read or written. */
  there = { text: '', revision: '' };
  /** Undefined until it is opened. */
  text: string | undefined;
  private base = '';

  /** Begins with what is there, or goes on with a draft: then it is true. */
  open(there: { text: string; revision: string }, draft?: Draft): boolean {
    const goesOn = draft !== undefined && draft.text !== there.text;
    this.there = there;
    this.text = goesOn ? draft.text : there.text;
    this.base = goesOn ? draft.base : there.text;
    return goesOn;
  }

  get dirty(): boolean {
    return this.text !== undefined && this.text !== this.there.text;
  }

  /** What somebody else is known to have saved since the typing began. */
  get conflict(): Conflict | undefined {
    return this.text === undefined ? undefined : conflictOf(this.base, this.there, this.text);
  }

  /** Undefined where nothing is to be kept. */
  draft(at = Date.now()): Draft | undefined {
    return this.dirty ? { text: this.text!, base: this.base, at } : undefined;
  }

  /** What is typed is to replace what is known to be there. */
  overrule(): void {
    this.base = this.there.text;
  }

  /** What is there is to replace what is typed. */
  giveWay(): void {
    this.text = this.base = this.there.text;
  }

  /**
   * What is typed meanwhile stays, unsaved. Undefined where nothing was to be saved.
   *
   * @param as the form in which the text is saved
   */
  async save<R>(place: Place<R>, as: (text: string) => string = (text) => text): Promise<R | undefined> {
    const typed = this.text;
    if (typed === undefined || !this.dirty) {
      this.overrule();
      return undefined;
    }
    const mine = as(typed);
    try {
      if (this.conflict) throw this.conflict;
      const done = await save(place, this.base, mine, this.there.revision);
      this.there = { text: mine, revision: done.revision };
      this.base = mine;
      if (this.text === typed) this.text = mine;
      return done.result;
    } catch (failure) {
      if (failure instanceof Conflict) this.there = { text: failure.theirs, revision: failure.revision };
      throw failure;
    }
  }
}
