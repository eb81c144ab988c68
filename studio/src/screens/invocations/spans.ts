// The phases and connections of an invocation on one line of time.

import type { Schemas } from '../../api/client';

export interface Span {
  name: string;
  /** Milliseconds from the start. */
  from: number;
  millis: number;
  kind: 'phase' | 'allowed' | 'denied';
}

export function spansOf({ started_at, timing, egress }: Pick<Schemas['Invocation'], 'started_at' | 'timing' | 'egress'>): { spans: Span[]; total: number } {
  const { queue_ms: queue, start_ms: start, run_ms: run, total_ms } = timing;
  const phases: Span[] = [
    { name: 'waiting', from: 0, millis: queue, kind: 'phase' },
    { name: 'starting', from: queue, millis: start, kind: 'phase' },
    { name: 'running', from: queue + start, millis: run, kind: 'phase' },
  ];
  const begun = Date.parse(started_at);
  const connections: Span[] = egress.map((attempt) => ({
    name: `${attempt.name ?? attempt.address ?? '?'}:${attempt.port}`,
    from: Math.max(0, Date.parse(attempt.time) - begun),
    millis: attempt.duration_ms,
    kind: attempt.verdict,
  }));
  const spans = [...phases.filter((span) => span.millis > 0), ...connections];
  return { spans, total: Math.max(total_ms, ...spans.map((span) => span.from + span.millis), 0.001) };
}
