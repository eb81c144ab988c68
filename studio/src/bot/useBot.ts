// One bot as it is on the server, and changes to it that never overwrite what others did.

import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { ApiError, del, get, patch, post, put, type Schemas } from '../api/client';
import { pretty } from '../shared/format';
import type { Place } from '../shared/saving';
import type { Definition } from './definition';
import { edited, type Held } from './editing';
import { nothing, recorded, redone, undone, type History } from './history';
import { patchOf, suffices } from './patch';

export interface BotState {
  bot: string;
  definition: Definition;
  revision: string;
  reload(): Promise<void>;
  /**
   * Changes the definition as it is on the server; the change is made anew where others saved first, and
   * throws where it does not fit what they made of it. Answers the definition that is there then.
   */
  edit(change: (definition: Definition) => Definition): Promise<Definition>;
  /** Shows what others saved meanwhile. */
  look(): void;
  history: History;
  /** Takes back the last edit of this visit, and leaves what others changed since. */
  undo(): Promise<void>;
  redo(): Promise<void>;
}

const Current = createContext<BotState | undefined>(undefined);
export const BotProvider = Current.Provider;

export function useBot(): BotState {
  const state = useContext(Current);
  if (!state) throw new Error('outside of a bot');
  return state;
}

export async function readBot(bot: string): Promise<Held> {
  const { data, etag } = await get('/api/v1/bots/{bot}', { path: { bot } });
  return { definition: data as unknown as Definition, revision: etag };
}

/** Undefined where nobody saved anything. */
async function changedSince(bot: string, revision: string): Promise<Held | undefined> {
  const { data, etag } = await get('/api/v1/bots/{bot}', { path: { bot }, ifNoneMatch: revision });
  return data === undefined ? undefined : { definition: data as unknown as Definition, revision: etag };
}

export async function writeBot(definition: Definition, ifMatch?: string): Promise<Held> {
  const { data, etag } = await put('/api/v1/bots/{bot}', { path: { bot: definition.bot }, body: definition as never, ifMatch });
  return { definition: data as unknown as Definition, revision: etag };
}

/** Sends what changed, or the whole where a change alone would lose the order. */
async function writeChange(wanted: Definition, { definition, revision }: Held): Promise<Held> {
  const change = patchOf(definition, wanted);
  if (!Object.keys(change).length) return { definition, revision };
  if (!suffices(definition, change, wanted)) return writeBot({ ...settingsOf(wanted), ...filesIn(change) }, revision);
  const { data, etag } = await patch('/api/v1/bots/{bot}', { path: { bot: definition.bot }, body: change, type: 'application/merge-patch+json', ifMatch: revision });
  return { definition: data as unknown as Definition, revision: etag };
}

/** Code and samples that are new or changed; what is gone with its node is hidden by the server. */
function filesIn({ code, samples }: Record<string, unknown>): Pick<Definition, 'code' | 'samples'> {
  const set = (files: unknown) => Object.fromEntries(Object.entries((files ?? {}) as object).filter(([, file]) => file !== null));
  return { code: set(code), samples: set(samples) };
}

/** Code, samples and packages stay as they are on the server when a document does not carry them. */
export function settingsOf({ code: _, samples: __, requirements: ___, ...settings }: Definition): Definition {
  return settings;
}

export function useBotState(bot: string): { state?: BotState; error?: unknown; reload(): Promise<void> } {
  const [loaded, setLoaded] = useState<Held>();
  const [error, setError] = useState<unknown>();
  const latest = useRef(loaded);
  const take = useCallback((next: Held) => {
    latest.current = next;
    setLoaded(next);
    setError(undefined);
  }, []);
  const reload = useCallback(() => readBot(bot).then(take, (failure: unknown) => setError(failure)), [bot, take]);
  useEffect(() => {
    void reload();
  }, [reload]);

  const [history, setHistory] = useState<History>(nothing);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const write = useCallback((change: (definition: Definition) => Definition) => {
    // One after the other: each is made upon what the one before left.
    const next = queue.current.then(async () => {
      let before = latest.current!.definition;
      const shelf = {
        read: () => readBot(bot),
        write: (definition: Definition, upon: Held) => {
          before = upon.definition;
          return writeChange(definition, upon);
        },
        seen: take,
      };
      const now = await edited(shelf, latest.current!, change);
      take(now);
      return { before, after: now.definition };
    });
    queue.current = next.catch(() => {});
    return next;
  }, [bot, take]);

  const edit = useCallback<BotState['edit']>(async (change) => {
    const step = await write(change);
    setHistory((was) => recorded(was, step));
    return step.after;
  }, [write]);
  const undo = useCallback(async () => {
    const last = history.past.at(-1);
    if (!last) return;
    await write((now) => undone(now, last));
    setHistory(({ past, future }) => ({ past: past.slice(0, -1), future: [...future, last] }));
  }, [history, write]);
  const redo = useCallback(async () => {
    const next = history.future.at(-1);
    if (!next) return;
    await write((now) => redone(now, next));
    setHistory(({ past, future }) => ({ past: [...past, next], future: future.slice(0, -1) }));
  }, [history, write]);

  const look = useCallback(() => {
    queue.current = queue.current.then(async () => {
      const now = await changedSince(bot, latest.current!.revision);
      if (now) take(now);
    }).catch(() => {});
  }, [bot, take]);

  const state = loaded && { bot, ...loaded, reload, edit, look, history, undo, redo };
  return { state, error, reload };
}

// --- Code, samples, variables, releases -----------------------------------------------------------

export const codePlace = (bot: string, node: string): Place<Schemas['SavedCode']> => ({
  read: async () => {
    try {
      const { data, etag } = await get('/api/v1/bots/{bot}/code/{node}', { path: { bot, node } });
      return { text: String(data), revision: etag };
    } catch (failure) {
      if (!(failure instanceof ApiError) || failure.code !== 'not_found') throw failure;
      // A node without code yet begins with none; the revision is that of the bot.
      const { definition, revision } = await readBot(bot);
      return { text: definition.code?.[node] ?? '', revision };
    }
  },
  write: async (text, revision) => {
    const { data, etag } = await put('/api/v1/bots/{bot}/code/{node}', {
      path: { bot, node }, body: text as never, type: 'text/x-python; charset=utf-8', ifMatch: revision || undefined,
    });
    return { revision: etag, result: data! };
  },
});

/** A sample input as text; undefined where there is none of this name. */
export async function readSampleText(bot: string, node: string, name: string): Promise<{ text?: string; revision: string }> {
  const { definition, revision } = await readBot(bot);
  const payload = definition.samples?.[node]?.[name];
  return { text: payload === undefined ? undefined : pretty(payload), revision };
}

export const putSample = (bot: string, node: string, name: string, payload: unknown, ifMatch?: string) =>
  put('/api/v1/bots/{bot}/samples/{node}/{name}', { path: { bot, node, name }, body: payload as never, ifMatch });

export const runTest = async (bot: string, node: string, input: unknown, signal?: AbortSignal): Promise<Schemas['TestResult']> =>
  (await post('/api/v1/bots/{bot}/integrations/{node}/test', { path: { bot, node }, body: { input }, signal })).data!;

export const variablesOf = async (bot: string): Promise<Schemas['Variable'][]> =>
  (await get('/api/v1/bots/{bot}/variables', { path: { bot } })).data!.variables;

export const putVariable = (bot: string, name: string, body: Schemas['VariableValues']) =>
  put('/api/v1/bots/{bot}/variables/{name}', { path: { bot, name }, body });

export const deleteVariable = (bot: string, name: string) => del('/api/v1/bots/{bot}/variables/{name}', { path: { bot, name } });

export const ENVIRONMENTS: Schemas['Environment'][] = ['staging', 'production'];

/** The deployment that is live in an environment; undefined where there is none. */
export const liveIn = async (bot: string, environment: Schemas['Environment']): Promise<Schemas['Deployment'] | undefined> =>
  (await get('/api/v1/bots/{bot}/deployments', { path: { bot }, query: { environment, limit: 1 } })).data!.deployments[0];

export const train = async (bot: string): Promise<Schemas['Trained']> => (await post('/api/v1/bots/{bot}/train', { path: { bot } })).data!;

export const deploy = async (bot: string, version: string, environment: Schemas['Environment']): Promise<Schemas['Deployment']> =>
  (await post('/api/v1/bots/{bot}/deployments', { path: { bot }, body: { version, environment } })).data!;
