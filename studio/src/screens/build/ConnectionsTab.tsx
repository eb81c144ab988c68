import { useState } from 'react';
import { drawn, freeName, withConnection, withNewNode, withNode, type Change } from '../../bot/changes';
import { labelOf, type Connection, type Node, type Text } from '../../bot/definition';
import { conditionInWords, spaced } from '../../bot/words';
import { useBot } from '../../bot/useBot';
import { hrefOf } from '../../router';
import { moved, removed, replaced } from './lists';
import { RuleFields } from './RuleFields';
import { Sentences } from './Sentences';
import { Typing } from './Typing';
import { useSave } from './useSave';

type Kind = 'when' | 'user_says' | 'entity' | 'only';

const kindOf = (one: Connection): Kind => (one.when ? 'when' : one.user_says ? 'user_says' : one.entity ? 'entity' : 'only');

/** Where it goes from here, in the order in which it is tried. */
export function ConnectionsTab({ name }: { name: string }) {
  const { definition } = useBot();
  const { save } = useSave();
  const node = definition.nodes?.[name];
  const all = node?.connections ?? [];
  const change = (now: (connections: Connection[]) => Connection[]) => save(withNode(name, ({ connections = [] }) => ({ connections: now(connections) })));
  const label = (one: string) => labelOf(one, definition.nodes?.[one], definition.language);
  return (
    <div className="stack">
      <p className="hint">{node?.integration ? 'Rules look at the output of the integration; the first that holds is taken, “otherwise” where none does. Sentences and entities wait for the next message.' : 'Sentences and entities wait for the next message; “at once” goes on in the same turn.'}</p>
      {all.length === 0 && <p className="hint">{node?.end ? 'The conversation ends here.' : node?.integration ? 'Nothing yet: what the integration answers is what the bot says.' : 'Nothing yet: the conversation stays here.'}</p>}
      <ol className="cards-list" aria-label="Connections">
        {all.map((one, index) => (
          <li key={index} className="card-row">
            <details>
              <summary>{conditionInWords(one, node, definition.language)} <span aria-hidden="true">→</span><span className="unseen">leads to</span> <strong dir="auto">{label(one.to)}</strong></summary>
              <ConnectionFields name={name} node={node!} connection={one} index={index} onSave={(now) => change((list) => replaced(list, index, one, now))} />
              <div className="row tools">
                <a href={hrefOf({ screen: 'bot', bot: definition.bot, node: one.to })}>Open {label(one.to)}</a>
                <span className="grow" />
                <button type="button" className="quiet icon" aria-label={`Connection ${index + 1} up`} disabled={index === 0} onClick={() => void change((list) => moved(list, index, one, -1))}>↑</button>
                <button type="button" className="quiet icon" aria-label={`Connection ${index + 1} down`} disabled={index === all.length - 1} onClick={() => void change((list) => moved(list, index, one, 1))}>↓</button>
                <button type="button" className="quiet danger" onClick={() => void change((list) => removed(list, index, one))}>Remove the connection</button>
              </div>
            </details>
          </li>
        ))}
      </ol>
      <AddConnection name={name} />
    </div>
  );
}

const KINDS: Record<Kind, string> = { when: 'a rule on the output holds', user_says: 'the user says', entity: 'an entity is given', only: '' };

function ConnectionFields({ name, node, connection, index, onSave }: { name: string; node: Node; connection: Connection; index: number; onSave: (now: Connection) => Promise<boolean> }) {
  const { definition } = useBot();
  const { to } = connection;
  const entities = (node.entities ?? []).map((use) => use.entity);
  const others = Object.keys(definition.entities ?? {}).filter((one) => !entities.includes(one));
  const begin = (kind: Kind): Connection => {
    switch (kind) {
      case 'when':
        return { to, when: { all: [{ variable: 'status', equals: true }] } };
      case 'user_says':
        return { to, user_says: [labelOf(to, definition.nodes?.[to], definition.language).toLowerCase()] };
      case 'entity':
        return { to, entity: { [[...entities, ...others][0]!]: { present: true } } };
      case 'only':
        return { to };
    }
  };
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => (kind !== 'when' || node.integration) && (kind !== 'entity' || entities.length + others.length > 0));
  return (
    <div className="stack">
      <div className="row">
        <label className="field">Goes to
          <select value={to} onChange={(event) => void onSave({ ...connection, to: event.target.value })}>
            {Object.entries(definition.nodes ?? {}).map(([one, target]) => <option key={one} value={one}>{labelOf(one, target, definition.language)}</option>)}
          </select></label>
        <label className="field">When
          <select value={kindOf(connection)} onChange={(event) => void onSave(begin(event.target.value as Kind))}>
            {kinds.map((kind) => <option key={kind} value={kind}>{KINDS[kind] || (node.integration ? 'nothing else holds (otherwise)' : 'at once')}</option>)}
          </select></label>
      </div>
      {connection.when && <RuleFields place={`${name} rule ${index}`} node={name} rule={connection.when} onSave={(when) => onSave({ to, when })} />}
      {connection.user_says && (
        <Sentences place={`${name} connection ${index}`} says={connection.user_says as Text[]} least={1} placeholder="yes please" onChange={(now) => onSave({ to, user_says: now(connection.user_says as Text[]) })} />
      )}
      {connection.entity && <EntityTests place={`${name} test ${index}`} tests={connection.entity} all={[...entities, ...others]} onSave={(entity) => onSave({ to, entity })} />}
    </div>
  );
}

type Tests = NonNullable<Connection['entity']>;

/** Each must hold: any value, or one of these. */
function EntityTests({ place, tests, all, onSave }: { place: string; tests: Tests; all: string[]; onSave: (tests: Tests) => Promise<boolean> }) {
  const free = all.filter((one) => tests[one] === undefined);
  const rest = (entity: string) => Object.fromEntries(Object.entries(tests).filter(([one]) => one !== entity));
  return (
    <div className="stack">
      {Object.entries(tests).map(([entity, test]) => (
        <div key={entity} className="row">
          <strong>{spaced(entity)}</strong>
          <div className="grow"><Typing label={`Values of ${spaced(entity)}`} hint="Several with a comma between; empty: any value." value={(test.values ?? []).join(', ')} place={`${place} ${entity}`}
            onSave={(text) => {
              const values = text.split(',').map((one) => one.trim()).filter(Boolean);
              return onSave({ ...tests, [entity]: values.length ? { values } : { present: true } });
            }} /></div>
          <button type="button" className="quiet icon" aria-label={`Without ${spaced(entity)}`} disabled={Object.keys(tests).length < 2} onClick={() => void onSave(rest(entity))}>×</button>
        </div>
      ))}
      {free.length > 0 && (
        <label className="field">And also<select value="" onChange={(event) => event.target.value && void onSave({ ...tests, [event.target.value]: { present: true } })}>
          <option value="">Choose …</option>{free.map((one) => <option key={one} value={one}>{spaced(one)}</option>)}</select></label>
      )}
    </div>
  );
}

const NEW = '+';

function AddConnection({ name }: { name: string }) {
  const { definition } = useBot();
  const { save } = useSave();
  const [to, setTo] = useState(NEW);
  const [label, setLabel] = useState('');
  const add = async () => {
    setLabel('');
    if (!(await save(change))) setLabel((now) => now || label);
  };
  const change: Change = (d) => {
    const node = d.nodes?.[name];
    if (to !== NEW) return withConnection(name, drawn(node, to, labelOf(to, d.nodes?.[to], d.language)))(d);
    const made = freeName(d, label);
    return withConnection(name, drawn(node, made, label))(withNewNode(made, { label: label.trim(), bot_says: [`${label.trim()}.`] })(d));
  };
  return (
    <section className="panel sunk" aria-label="Add a connection">
      <h3>Add a connection</h3>
      <div className="row">
        <label className="field">Leads to
          <select value={to} onChange={(event) => setTo(event.target.value)}>
            <option value={NEW}>a new node</option>
            {Object.entries(definition.nodes ?? {}).map(([one, target]) => <option key={one} value={one}>{labelOf(one, target, definition.language)}</option>)}
          </select></label>
        {to === NEW && <label className="field">Name of the new node<input value={label} maxLength={200} placeholder="It is late" onChange={(event) => setLabel(event.target.value)} /></label>}
      </div>
      <div><button type="button" disabled={to === NEW && !label.trim()} onClick={() => void add()}>Add the connection</button></div>
    </section>
  );
}
