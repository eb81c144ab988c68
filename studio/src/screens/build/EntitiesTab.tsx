import { useState } from 'react';
import { entityName, usersOf, withEntity, withNode, withUse, type Change } from '../../bot/changes';
import { labelOf, type Entity, type EntityUse } from '../../bot/definition';
import { entityTypes, fieldOfText, textOfField, withField, wrongIn, type EntityType, type Field } from '../../bot/entityTypes';
import { spaced } from '../../bot/words';
import { useBot } from '../../bot/useBot';
import { Trouble } from '../../shared/Trouble';
import { useLoaded } from '../../shared/useAsync';
import { moved, removed, replaced } from './lists';
import { Says } from './Says';
import { Typing } from './Typing';
import { useSave } from './useSave';

/** What the node asks for, in the order in which it asks. */
export function EntitiesTab({ name }: { name: string }) {
  const { definition } = useBot();
  const { save } = useSave();
  const types = useLoaded(entityTypes, 'entity types');
  const uses = definition.nodes?.[name]?.entities ?? [];
  const change = (now: (uses: EntityUse[]) => EntityUse[]) => save(withNode(name, ({ entities = [] }) => ({ entities: now(entities) })));
  return (
    <div className="stack">
      <p className="hint">What the bot must know here. It takes it from what the user wrote, and asks for what is missing, in this order.</p>
      {types.error !== undefined && <Trouble error={types.error} onRetry={types.reload} />}
      <ol className="cards-list" aria-label="Entities of this node">
        {uses.map((use, index) => (
          <li key={use.entity} className="card-row">
            <details open={uses.length === 1}>
              <summary><strong dir="auto">{spaced(use.entity)}</strong> <span className="tag">{typeLabel(types.data, definition.entities?.[use.entity])}</span>{use.required === false && <span className="tag">optional</span>}</summary>
              <div className="stack">
                <div className="row tools">
                  <label className="check"><input type="checkbox" checked={use.required !== false} onChange={(event) => void change((all) => replaced(all, index, use, { ...use, required: event.target.checked ? undefined : false }))} />Required: the bot asks until it knows it</label>
                  <span className="grow" />
                  <button type="button" className="quiet icon" aria-label={`${spaced(use.entity)} up`} disabled={index === 0} onClick={() => void change((all) => moved(all, index, use, -1))}>↑</button>
                  <button type="button" className="quiet icon" aria-label={`${spaced(use.entity)} down`} disabled={index === uses.length - 1} onClick={() => void change((all) => moved(all, index, use, 1))}>↓</button>
                  <button type="button" className="quiet danger" onClick={() => void change((all) => removed(all, index, use))}>Remove</button>
                </div>
                {use.required !== false && (
                  <>
                    <h3>The question</h3>
                    <Says label={`Question for ${spaced(use.entity)}`} place={`${name} ask ${use.entity}`} empty={`Nothing is written: the bot asks “Please enter the ${spaced(use.entity)}.”`}
                      read={(d) => d.nodes?.[name]?.entities?.find((one) => one.entity === use.entity)?.ask}
                      write={(d, ask) => withNode(name, (node) => ({ entities: node.entities?.map((one) => (one.entity === use.entity ? { ...one, ask: single(ask) } : one)) }))(d)} />
                  </>
                )}
                <EntityFields name={use.entity} types={types.data} node={name} />
              </div>
            </details>
          </li>
        ))}
      </ol>
      <AddEntity name={name} types={types.data ?? []} used={uses.map((use) => use.entity)} />
    </div>
  );
}

/** One bubble stands without a list, as people write it. */
export const single = (says: unknown[] | undefined): unknown => (says?.length === 1 ? says[0] : says);

const typeLabel = (types: EntityType[] | undefined, entity: Entity | undefined) => types?.find((one) => one.type === entity?.type)?.label ?? entity?.type ?? 'unknown';

/** How values are recognised: the same for every node that asks for it. */
function EntityFields({ name, types, node }: { name: string; types?: EntityType[]; node: string }) {
  const { definition } = useBot();
  const { save } = useSave();
  const entity = definition.entities?.[name];
  const type = types?.find((one) => one.type === entity?.type);
  if (!entity || !types) return null;
  const others = usersOf(definition, name).filter((one) => one !== node).map((one) => labelOf(one, definition.nodes?.[one], definition.language));
  return (
    <details className="more"><summary>How it is recognised{others.length > 0 && `, also in ${others.slice(0, 2).join(', ')}${others.length > 2 ? ' …' : ''}`}</summary>
      <div className="stack">
        {type?.fields.map((field) => <FieldOf key={field.name} field={field} place={`entity ${name}`} entity={entity}
          onSave={(text) => save((d) => withEntity(name, withField(d.entities?.[name] ?? entity, field, text))(d))} />)}
        {type?.type === 'regex' && <TestPattern pattern={String(entity['pattern'] ?? '')} />}
        <h3>When the reply holds none</h3>
        <Says label={`Reprompt of ${spaced(name)}`} place={`entity ${name} reprompt`} empty="Nothing is written: the question is asked again."
          read={(d) => d.entities?.[name]?.reprompt} write={(d, says) => withEntity(name, { ...d.entities?.[name], reprompt: single(says) })(d)} />
      </div></details>
  );
}

const NAMES: Record<string, string> = { values: 'Words, one a line; what also means it behind a colon', pattern: 'Pattern', min_digits: 'At least so many digits', max_digits: 'At most so many digits' };
const PLACEHOLDERS: Record<string, string> = { values: 'large: big, l\nsmall: s', pattern: '[a-z]{3}\\d{3}' };

function FieldOf({ field, entity, place, onSave }: { field: Field; entity: Entity; place: string; onSave: (text: string) => Promise<boolean> }) {
  const label = NAMES[field.name] ?? spaced(field.name).replace(/^./, (c) => c.toUpperCase());
  const text = textOfField(field.kind, entity[field.name]);
  if (field.kind === 'flag') return <label className="check"><input type="checkbox" checked={text === 'true'} onChange={(event) => void onSave(event.target.checked ? 'true' : '')} />{label}</label>;
  if (field.kind === 'choice') {
    return (
      <label className="field">{label}<select value={text} onChange={(event) => void onSave(event.target.value)}>
        {!field.required && <option value="" />}{field.choices.map((one) => <option key={one}>{one}</option>)}</select></label>
    );
  }
  return <Typing label={label} value={text} place={`${place} ${field.name}`} lines={field.kind === 'words' ? 4 : 1} mono={field.name === 'pattern'} hint={field.hint}
    placeholder={PLACEHOLDERS[field.name]} wrong={(typed) => wrongIn(field, typed)} onSave={onSave} />;
}

/** A first try in the browser, whose patterns are nearly those of the server. */
function TestPattern({ pattern }: { pattern: string }) {
  const [text, setText] = useState('');
  let found: string[] | undefined;
  try {
    found = [...text.slice(0, 1000).matchAll(new RegExp(pattern, 'gi'))].map(([match]) => match).filter(Boolean);
  } catch {
    found = undefined;
  }
  return (
    <div className="stack">
      <label className="field">Try a message<input value={text} dir="auto" onChange={(event) => setText(event.target.value)} placeholder="where is abc123?" /></label>
      {text && <p className="hint" role="status">{found === undefined ? 'Only the server can try this pattern.' : found.length ? <>Finds {found.map((one, index) => <code key={index}>{one} </code>)}</> : 'Finds nothing here.'}</p>}
    </div>
  );
}

function AddEntity({ name, types, used }: { name: string; types: EntityType[]; used: string[] }) {
  const { definition } = useBot();
  const { save } = useSave();
  const [label, setLabel] = useState('');
  const [chosen, setChosen] = useState('text');
  const [ask, setAsk] = useState('');
  const [fields, setFields] = useState<Record<string, string>>({});
  const all = Object.keys(definition.entities ?? {});
  const free = all.filter((one) => !used.includes(one));
  const type = types.find((one) => one.type === chosen);
  const needed = type?.fields.filter((field) => field.required) ?? [];
  const system = entityName(label, all);
  const missing = !label.trim() || needed.some((field) => wrongIn(field, fields[field.name] ?? ''));
  const add = async () => {
    const entity: Entity = { type: chosen, ...Object.fromEntries(needed.map((field) => [field.name, fieldOfText(field.kind, fields[field.name] ?? '')])) };
    const change: Change = (d) => withUse(name, { entity: system, ask: ask.trim() || undefined })(withEntity(system, entity)(d));
    // At once: what is typed next is the next entity.
    setLabel('');
    setAsk('');
    setFields({});
    if (await save(change)) return;
    setLabel((now) => now || label);
    setAsk((now) => now || ask);
    setFields((now) => ({ ...fields, ...now }));
  };
  return (
    <section className="panel sunk" aria-label="Add an entity">
      <h3>Add an entity</h3>
      {free.length > 0 && (
        <label className="field">One that this bot has
          <select value="" onChange={(event) => event.target.value && void save(withUse(name, { entity: event.target.value }))}>
            <option value="">Choose …</option>{free.map((one) => <option key={one} value={one}>{spaced(one)}</option>)}</select></label>
      )}
      <div className="row">
        <label className="field">{free.length ? 'Or a new one' : 'What it is'}<input value={label} maxLength={60} placeholder="Order number" onChange={(event) => setLabel(event.target.value)} />{label && <small>in code: <code>{system}</code></small>}</label>
        <label className="field">Users give<select value={chosen} onChange={(event) => setChosen(event.target.value)}>{types.map((one) => <option key={one.type} value={one.type}>{one.label}</option>)}</select></label>
      </div>
      {needed.map((field) => (
        <label key={field.name} className="field">{NAMES[field.name] ?? spaced(field.name)}
          {field.kind === 'words' ? <textarea rows={3} placeholder={PLACEHOLDERS[field.name]} value={fields[field.name] ?? ''} onChange={(event) => setFields({ ...fields, [field.name]: event.target.value })} />
            : <input placeholder={PLACEHOLDERS[field.name]} className={field.name === 'pattern' ? 'mono' : undefined} value={fields[field.name] ?? ''} onChange={(event) => setFields({ ...fields, [field.name]: event.target.value })} />}</label>
      ))}
      <label className="field">The bot asks<input value={ask} dir="auto" placeholder="Which order?" maxLength={1000} onChange={(event) => setAsk(event.target.value)} /></label>
      <div><button type="button" disabled={missing} onClick={() => void add()}>Add the entity</button></div>
    </section>
  );
}
