import type { Schemas } from '../../api/client';
import { millis } from '../../shared/format';
import { spansOf } from './spans';

export function Waterfall({ invocation }: { invocation: Schemas['Invocation'] }) {
  const { spans, total } = spansOf(invocation);
  return (
    <>
      <p className="muted">{millis(invocation.timing.total_ms)} in all</p>
      <ol className="waterfall">
        {spans.map((span, index) => (
          <li key={index}>
            <span className="name">{span.name}{span.kind === 'denied' && ' (denied)'}</span>
            <span className="track" aria-hidden="true"><span className={`span ${span.kind}`} style={{ insetInlineStart: `${(span.from / total) * 100}%`, width: `${(span.millis / total) * 100}%` }} /></span>
            <span className="amount">{millis(span.millis)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
