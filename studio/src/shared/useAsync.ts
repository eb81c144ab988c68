import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  data?: T;
  error?: unknown;
  loading: boolean;
  reload(): void;
}

/** Loads when its key changes, and again on reload; what came is kept meanwhile. */
export function useLoaded<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: unknown; loading: boolean }>({ key, loading: true });
  const [round, setRound] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  useEffect(() => {
    let wanted = true;
    setState((was) => (was.key === key ? { ...was, loading: true } : { key, loading: true }));
    loader.current().then(
      (data) => wanted && setState({ key, data, loading: false }),
      (error: unknown) => wanted && setState((was) => ({ key, data: was.data, error, loading: false })),
    );
    return () => {
      wanted = false;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { ...state, reload };
}

/** An action that one may wait for: whether it runs, and how it failed. */
export function useAction(): { busy: boolean; error: unknown; run(action: () => Promise<void>): void; clear(): void } {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });
  const run = useCallback((action: () => Promise<void>) => {
    setState({ busy: true, error: undefined });
    action().then(
      () => setState({ busy: false, error: undefined }),
      (error: unknown) => setState({ busy: false, error }),
    );
  }, []);
  const clear = useCallback(() => setState({ busy: false, error: undefined }), []);
  return { ...state, run, clear };
}
