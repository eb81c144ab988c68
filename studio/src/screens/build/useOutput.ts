import { get } from '../../api/client';
import { useBot } from '../../bot/useBot';
import { useLoaded } from '../../shared/useAsync';

/** What the integration of a node answered last, over the sample that is written down for it. */
export function useOutput(node: string): unknown {
  const { bot, definition } = useBot();
  const integration = definition.nodes?.[node]?.integration;
  const { data } = useLoaded(() => (integration ? lastOutput(bot, node).catch(() => undefined) : Promise.resolve(undefined)), `${bot} ${node} ${integration?.type ?? ''}`);
  const sample = integration?.output_sample;
  return isFields(data) && isFields(sample) ? { ...sample, ...data } : data ?? sample;
}

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

async function lastOutput(bot: string, node: string): Promise<unknown> {
  const { data } = await get('/api/v1/bots/{bot}/invocations', { path: { bot }, query: { node, outcome: 'succeeded', limit: 1 } });
  const id = data?.invocations[0]?.invocation_id;
  if (!id) return undefined;
  const found = await get('/api/v1/invocations/{id}', { path: { id } });
  return (found.data as { output?: unknown } | undefined)?.output;
}
