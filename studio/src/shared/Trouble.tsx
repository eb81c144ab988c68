import { ApiError } from '../api/client';
import { hintFor } from '../api/advice';
import { placeInWords } from '../bot/words';

/** A failure in words: what happened, and what to do. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const api = error instanceof ApiError ? error : undefined;
  const hint = api && hintFor(api.code);
  return (
    <div className="trouble" role="alert">
      <p><strong>{api?.title ?? 'Something failed in this page.'}</strong> {error instanceof Error ? error.message : String(error)}</p>
      {hint && <p>{hint}</p>}
      {api && api.problems.length > 0 && (
        <ul>{api.problems.map((problem, index) => <li key={index}>{problem.pointer && <span title={problem.pointer}><strong>{placeInWords(problem.pointer)}</strong></span>} {problem.message}</li>)}</ul>
      )}
      {onRetry && <button type="button" onClick={onRetry}>Try again</button>}
    </div>
  );
}
