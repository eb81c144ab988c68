import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Change } from './changes';
import { BotProvider, useBot, type BotState } from './useBot';

/**
 * Shows what is edited below it at once, while it is still on its way to the server: the next edit is
 * then one of what is seen. What the server does not take is shown no more.
 */
export function Ahead({ children }: { children: ReactNode }) {
  const state = useBot();
  const [sent, setSent] = useState<Change[]>([]);
  const there = state.definition;
  const definition = useMemo(() => sent.reduce((now, change) => {
    try {
      return change(now);
    } catch {
      return now;
    }
  }, there), [there, sent]);
  const { edit: write } = state;
  const edit = useCallback<BotState['edit']>(async (change) => {
    // A change that is made twice is still two of them.
    const own: Change = (now) => change(now);
    setSent((all) => [...all, own]);
    try {
      return await write(change);
    } finally {
      setSent((all) => all.filter((one) => one !== own));
    }
  }, [write]);
  return <BotProvider value={{ ...state, definition, edit }}>{children}</BotProvider>;
}
