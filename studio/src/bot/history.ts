// What was edited in this visit, to be taken back and made again.

import type { Definition } from './definition';
import { patched, patchOf, same } from './patch';

export interface Step {
  before: Definition;
  after: Definition;
}

export interface History {
  past: Step[];
  future: Step[];
}

export const nothing: History = { past: [], future: [] };

const MOST_STEPS = 100;

/** A new edit ends what could have been made again. */
export const recorded = (history: History, step: Step): History =>
  same(step.before, step.after) ? history : { past: [...history.past, step].slice(-MOST_STEPS), future: [] };

/** Exactly as it was; or, where others changed more since, only what the step changed. */
export const undone = (now: Definition, { before, after }: Step): Definition => (same(now, after) ? before : patched(now, patchOf(after, before)));

export const redone = (now: Definition, { before, after }: Step): Definition => undone(now, { before: after, after: before });
