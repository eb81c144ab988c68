// What is typed and not saved yet, kept in this browser so that no crash or reload loses it.

export interface Draft {
  text: string;
  /** What was saved when the typing began. */
  base: string;
  at: number;
}

const PREFIX = 'patchbay:draft:';

type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const box = (): Box | undefined => {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
};

export function readDraft(key: string, from: Box | undefined = box()): Draft | undefined {
  try {
    const kept = JSON.parse(from?.getItem(PREFIX + key) ?? 'null') as Partial<Draft> | null;
    return kept && typeof kept.text === 'string' && typeof kept.base === 'string'
      ? { text: kept.text, base: kept.base, at: Number(kept.at) || 0 }
      : undefined;
  } catch {
    return undefined;
  }
}

/** False where the browser keeps nothing: then leaving the page would lose it. */
export function keepDraft(key: string, draft: Draft, to: Box | undefined = box()): boolean {
  try {
    to?.setItem(PREFIX + key, JSON.stringify(draft));
    return Boolean(to);
  } catch {
    return false;
  }
}

export function dropDraft(key: string, from: Box | undefined = box()): void {
  try {
    from?.removeItem(PREFIX + key);
  } catch {
    // There was nothing to keep it in.
  }
}

/** The draft of one thing, of which another tab of this browser may keep another. */
export class OwnDraft {
  /** What this tab kept last, or goes on with. */
  private own: string | undefined;

  constructor(private readonly key: string, private readonly store: Box | undefined = box()) {}

  read(): Draft | undefined {
    const draft = readDraft(this.key, this.store);
    this.own = draft?.text;
    return draft;
  }

  /** False where the browser keeps nothing. Without a draft the own one is dropped, never another tab's. */
  keep(draft: Draft | undefined): boolean {
    if (!draft) {
      if (readDraft(this.key, this.store)?.text === this.own) dropDraft(this.key, this.store);
      this.own = undefined;
      return true;
    }
    this.own = draft.text;
    return keepDraft(this.key, draft, this.store);
  }

  /** What another tab made of what is kept; undefined where it was something else. */
  heard({ key, newValue }: Pick<StorageEvent, 'key' | 'newValue'>): 'gone' | 'same' | 'other' | undefined {
    if (key !== null && key !== PREFIX + this.key) return undefined;
    const draft = newValue === null ? undefined : readDraft(this.key, this.store);
    return draft === undefined ? 'gone' : draft.text === this.own ? 'same' : 'other';
  }
}
