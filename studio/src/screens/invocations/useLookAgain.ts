import { useEffect } from 'react';
import type { Loaded } from '../../shared/useAsync';

const LOOK_AGAIN_MILLIS = 2000;

/** Loads again and again while that is wanted and somebody can see it. */
export function useLookAgain({ loading, reload }: Loaded<unknown>, wanted: boolean): void {
  useEffect(() => {
    if (!wanted || loading) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), LOOK_AGAIN_MILLIS);
    return () => clearInterval(timer);
  }, [wanted, loading, reload]);
}
