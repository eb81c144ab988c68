import { memo, useState } from 'react';
import type { Schemas } from '../../api/client';
import { adviceFor } from '../../api/advice';
import { Bubble } from '../../hsl/Bubble';
import { hrefOf } from '../../router';
import { bytes, millis } from '../../shared/format';
import { Value } from '../../shared/Value';

type Result = Schemas['TestResult'];

/**
 * What the user of the bot would see, the output as it came, and what it took.
 *
 * @param old whether something was changed since
 */
export const RunOutput = memo(function RunOutput({ result, bot, old, onLine }: { result: Result; bot: string; old?: boolean; onLine?: (line: number) => void }) {
  const [how, setHow] = useState<'chat' | 'raw'>('chat');
  const said = Array.isArray(result.response) ? result.response as unknown[] : [];
  return (
    <>
      <div className="row">
        <span className={`badge ${result.outcome}`}>{result.outcome}</span>
        <dl className="facts">
          <div><dt>took</dt><dd>{millis(result.duration_ms)}</dd></div>
          {result.peak_memory_bytes !== undefined && <div><dt>memory</dt><dd>{bytes(result.peak_memory_bytes)}</dd></div>}
        </dl>
        <a href={hrefOf({ screen: 'invocations', bot, id: result.invocation_id })}>Invocation</a>
        {old && <span className="tag">before your last change</span>}
      </div>
      {result.error && <Failure error={result.error} onLine={onLine} />}
      {result.outcome === 'succeeded' && (
        <>
          <fieldset className="segments">
            <legend className="unseen">How to show the output</legend>
            <label><input type="radio" name="how" checked={how === 'chat'} onChange={() => setHow('chat')} />As in the chat</label>
            <label><input type="radio" name="how" checked={how === 'raw'} onChange={() => setHow('raw')} />Raw</label>
          </fieldset>
          {how === 'raw' ? <Value value={result.output} label="Output" /> : (
            <div className="turn">
              {said.map((element, index) => <Bubble key={index} element={element} />)}
              {!said.length && <p className="note">The bot would say nothing. Return a <code>response</code>, or give this node words of its own.</p>}
              {typeof result['next_node'] === 'string' && <p className="aside">The rules lead to the node {result['next_node']}.</p>}
            </div>
          )}
        </>
      )}
    </>
  );
});

export function Failure({ error, onLine }: { error: Schemas['InvocationError']; onLine?: (line: number) => void }) {
  const advice = adviceFor(error.reason);
  const { line } = error;
  return (
    <div className="trouble" role="alert">
      <p><strong>{error.reason.replace(/_/g, ' ')}</strong>{' '}
        {line !== undefined && line > 0 && (onLine ? <button type="button" onClick={() => onLine(line)}>Line {line}</button> : `at line ${line}`)}</p>
      <p className="words">{error.message}</p>
      {advice && <p>{advice}</p>}
      {error.traceback && <details open><summary>Traceback</summary><pre className="json" tabIndex={0}>{error.traceback}</pre></details>}
    </div>
  );
}
