// Running a node's integration with a sample input: what came of the last run.

import { useCallback, useRef, useState } from 'react';
import type { Schemas } from '../../api/client';
import { runTest } from '../../bot/useBot';

export interface Run {
  result?: Schemas['TestResult'];
  error?: unknown;
  running: boolean;
  /** Of the invocation, as sent. */
  run(input: unknown): Promise<Schemas['TestResult'] | undefined>;
}

export function useRun(bot: string, node: string): Run {
  const [state, setState] = useState<Omit<Run, 'run'>>({ running: false });
  const round = useRef(0);
  const run = useCallback(async (input: unknown) => {
    const mine = ++round.current;
    setState((was) => ({ ...was, running: true, error: undefined }));
    try {
      const result = await runTest(bot, node, input);
      if (mine === round.current) setState({ result, running: false });
      return result;
    } catch (error) {
      if (mine === round.current) setState({ error, running: false });
      return undefined;
    }
  }, [bot, node]);
  return { ...state, run };
}
