import type { Schemas } from '../../api/client';
import { millis } from '../../shared/format';
import { Value } from '../../shared/Value';
import { Failure } from '../code/RunOutput';
import { indented, isSigned, MASK, outcomeOf } from './body';

type Result = Schemas['TestResult'];
type Header = Schemas['Header'];

/**
 * What went to the API and what came back, side by side, each as it was.
 *
 * @param old whether something was changed since
 */
export function Exchange({ result, old }: { result: Result; old?: boolean }) {
  const { exchange } = result;
  const error = outcomeOf(result);
  return (
    <>
      <p className="row"><span className={`badge ${result.outcome}`}>{result.outcome}</span> in {millis(result.timing?.total_ms ?? result.duration_ms)}{old && <span className="tag">before your last change</span>}</p>
      {error && <Failure error={error} />}
      {exchange && (
        <div className="side">
          <section className="stack" aria-labelledby="request">
            <h2 id="request">Request</h2>
            <Head start={`${exchange.request.method} ${exchange.request.url}`} headers={exchange.request.headers} label="Request line and headers" />
            <Body text={exchange.request.body} label="Request body" raw="The body as sent" />
            {isSigned(exchange.request.headers) && <p className="hint">The signatures are made over the body as sent, byte for byte.</p>}
          </section>
          <section className="stack" aria-labelledby="response">
            <h2 id="response">Response</h2>
            {exchange.response ? (
              <>
                <Head start={`Status ${exchange.response.status}`} headers={exchange.response.headers} label="Response status and headers" />
                <Body text={exchange.response.body} label="Response body" raw="The body as it came" />
                {exchange.response.cut && <p className="note odd">This is how the body begins; it is, or may be, longer.</p>}
              </>
            ) : <p className="muted">No answer came.</p>}
          </section>
        </div>
      )}
      {exchange && JSON.stringify(exchange).includes(MASK) && <p className="hint"><code>{MASK}</code> stands for the value of a secret.</p>}
    </>
  );
}

function Head({ start, headers, label }: { start: string; headers: Header[]; label: string }) {
  return (
    <pre className="json message-head" tabIndex={0} aria-label={label} dir="ltr">
      <strong>{start}</strong>
      {headers.map(({ name, value }, index) => <span key={index}>{'\n'}<span className="muted">{name}:</span> {value}</span>)}
    </pre>
  );
}

/** JSON with line breaks, and as it was below; anything else is text and stays as it was. */
function Body({ text, label, raw }: { text: string; label: string; raw: string }) {
  const json = indented(text);
  if (!text) return <p className="muted">The body is empty.</p>;
  return (
    <>
      <Value value={json ?? text} label={label} />
      {json !== undefined && json !== text && <details><summary>{raw}</summary><Value value={text} label={raw} /></details>}
    </>
  );
}
