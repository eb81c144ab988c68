import type { Schemas } from '../../api/client';
import { bytes, millis, time } from '../../shared/format';

/** Each connection that was tried, and what became of it. */
export function Network({ attempts }: { attempts: Schemas['EgressAttempt'][] }) {
  if (!attempts.length) return <p className="empty">Every connection that the integration opens, or tries to, appears here.</p>;
  return (
    <div className="wide-table" tabIndex={0} role="region" aria-label="Connections">
      <table>
        <thead><tr><th scope="col">To</th><th scope="col">Verdict</th><th scope="col" className="number">Out / in</th><th scope="col" className="number">Took</th><th scope="col">At</th></tr></thead>
        <tbody>
          {attempts.map((attempt, index) => (
            <tr key={index}>
              <td><bdi>{attempt.name ?? attempt.address ?? '?'}</bdi>:{attempt.port}{attempt.name && attempt.address && <div className="muted">{attempt.address}</div>}</td>
              <td><span className={`badge ${attempt.verdict}`}>{attempt.verdict}</span></td>
              <td className="number">{bytes(attempt.bytes_out)} / {bytes(attempt.bytes_in)}</td>
              <td className="number">{millis(attempt.duration_ms)}</td>
              <td>{time(attempt.time)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
