import type { Schemas } from '../../api/client';
import { effectiveUrl } from '../../bot/definition';
import { useBot, variablesOf } from '../../bot/useBot';
import { millis } from '../../shared/format';
import { useLoaded } from '../../shared/useAsync';
import { Value } from '../../shared/Value';
import { Failure } from '../code/RunOutput';

/** What went to the API and what came back, side by side. */
export function Exchange({ node, result, sent }: { node: string; result: Schemas['TestResult']; sent: unknown }) {
  const { bot, definition } = useBot();
  const variables = useLoaded(() => variablesOf(bot), `variables ${bot}`);
  const integration = definition.nodes?.[node]?.integration;
  const api = integration?.type === 'api' ? integration : undefined;
  const values = Object.fromEntries((variables.data ?? []).map((variable) => [variable.name, variable.secret ? undefined : variable.staging]));
  return (
    <div className="side">
      <section className="stack" aria-labelledby="request">
        <h2 id="request">Request</h2>
        <pre className="json" tabIndex={0} aria-label="Request line and headers">{[
          `POST ${api ? effectiveUrl(definition, api, 'staging', values) : ''}`,
          'Content-Type: application/json',
          ...(api?.secret ? ['X-Hub-Signature: sha1=…', `(signed with ${api.secret})`] : []),
        ].join('\n')}</pre>
        {sent === undefined ? <p className="muted">Nothing was kept of the body.</p> : <Value value={sent} label="Request body" />}
      </section>
      <section className="stack" aria-labelledby="response">
        <h2 id="response">Response</h2>
        <p><span className={`badge ${result.outcome}`}>{result.outcome}</span> in {millis(result.timing?.total_ms ?? result.duration_ms)}</p>
        {result.error && <Failure error={result.error} />}
        {result.output !== undefined && <Value value={result.output} label="Response body" />}
      </section>
    </div>
  );
}
