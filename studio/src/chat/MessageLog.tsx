import type { Environment, Schemas } from '../api/client';
import { isObject, objectsOf, words } from '../hsl/model';
import { hrefOf } from '../router';
import { millis } from '../shared/format';

const HOW: Record<string, string> = {
  exact_utterance: 'exactly as users say it', utterance_similarity: 'it is close to what users say',
  utterance_meaning: 'it means what users say',
  entity_value: 'the message answers its question', rule: 'a rule of the node before leads here',
  entity: 'a connection waits for this entity', reprompt: 'it asks again',
};

/** How a message was understood and what it caused. */
export function MessageLog({ bot, turn, environment }: { bot: string; turn: Schemas['Turn']; environment: Environment }) {
  const log = turn.log ?? {};
  const measures = objectsOf(log['measures']);
  const broke = isObject(log['bot_break']) ? log['bot_break'] : undefined;
  const summary = [turn.node ?? 'no node matched', ...measures.map((one) => `${words(one['outcome'])} in ${millis(Number(one['duration_ms']))}`)].join(' · ');
  return (
    <details className="message-log">
      <summary>{broke ? 'Bot break · ' : ''}{summary}</summary>
      <div>
        {objectsOf(log['nodes']).map((node, index) => (
          <p key={index}>Node <code>{words(node['node'])}</code>: {HOW[words(node['detection_method'])] ?? words(node['detection_method']).replace(/_/g, ' ')}
            {node['utterance'] ? <>, “<bdi>{words(node['utterance'])}</bdi>”</> : null}{typeof node['score'] === 'number' && node['score'] < 1 ? `, ${Math.round(node['score'] * 100)} %` : ''}</p>
        ))}
        {!turn.node && <p>Nothing was close enough.{objectsOf(log['candidates']).length > 0 && ` Closest: ${objectsOf(log['candidates']).map((c) => `${words(c['node'])} (${Math.round(Number(c['score']) * 100)} %)`).join(', ')}.`}</p>}
        {objectsOf(log['entities']).map((entity, index) => <p key={index}>Entity <code>{words(entity['name'])}</code>: <bdi>{collected(entity['value'])}</bdi></p>)}
        {measures.map((one) => {
          const id = words(one['invocation_id']);
          return (
            <p key={id}>Integration of <code>{words(one['node'])}</code>: <span className={`badge ${words(one['outcome'])}`}>{words(one['outcome'])}</span> {one['reason'] ? words(one['reason']).replace(/_/g, ' ') : ''} in {millis(Number(one['duration_ms']))}.{' '}
              <a href={hrefOf({ screen: 'invocations', bot, id })}>Look into it</a></p>
          );
        })}
        {broke && <p>Bot break: {words(broke['reason']).replace(/_/g, ' ')}. {words(broke['message'])}</p>}
        {Array.isArray(log['warnings']) && log['warnings'].map((warning, index) => <p key={index}>{words(warning)}</p>)}
        <p className="muted">Conversation {turn.conversation_no} in {environment}, version {words(log['version'])}.</p>
      </div>
    </details>
  );
}

/** An entity's value as people would write it, with the words it was found in where they differ. */
export function collected(value: unknown): string {
  if (!isObject(value)) return words(value);
  const kept = value['entity_value'];
  const inner = isObject(kept) && Object.keys(kept).length === 1 ? kept['value'] : kept;
  const found = words(value['original_text']);
  const shown = words(inner);
  return !found || found === shown ? shown : `${shown}, from “${found}”`;
}
