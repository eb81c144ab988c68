import { freeName, withCopyOf, withName, withNode } from '../../bot/changes';
import { labelOf, systemName, textOf, type Node } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { go, goInstead } from '../../router';
import { AsJson } from './AsJson';
import { Typing } from './Typing';
import { useSave } from './useSave';

/** Each key taken away. */
const nothingOf = (node: Node): Partial<Node> => Object.fromEntries(Object.keys(node).map((key) => [key, undefined]));

const FLAGS = [
  { key: 'start', label: 'May begin a conversation', hint: 'its sentences are looked at wherever the user is' },
  { key: 'end', label: 'Ends the conversation', hint: 'the next message begins a new one' },
  { key: 'context_clear', label: 'Forgets what was collected', hint: 'entities and where the user was' },
] as const;

export function SettingsTab({ name, onDelete }: { name: string; onDelete: () => void }) {
  const { bot, definition } = useBot();
  const { save } = useSave();
  const node = definition.nodes?.[name];
  if (!node) return null;
  const label = labelOf(name, node, definition.language);
  const rename = async (to: string, label?: string) => {
    const taken = await save((d) => {
      const named = label === undefined ? d : withNode(name, { label })(d);
      return to === name ? named : withName(name, to)(named);
    });
    if (taken && to !== name) goInstead({ screen: 'bot', bot, node: to, tab: 'settings' });
    return taken;
  };
  const others = Object.keys(definition.nodes ?? {}).filter((one) => one !== name);
  /** The system name follows as long as it is the one that its name would give. */
  const follows = (now: string) => (systemName(label, [], 'NODE') === name.replace(/_\d+$/, '') ? systemName(now, others, 'NODE') : name);
  const duplicate = async () => {
    let made = '';
    const taken = await save((d) => {
      const copy = withCopyOf(d, name);
      made = copy.name;
      return copy.definition;
    });
    if (taken) go({ screen: 'bot', bot, node: made || freeName(definition, label), tab: 'settings' });
  };
  return (
    <div className="stack">
      <Typing label="Name" value={textOf(node.label, definition.language) || label} place={`${name} label`} atEnd wrong={(text) => (text.trim() ? undefined : 'Give it a name.')} onSave={(text) => rename(follows(text), text.trim())} />
      <Typing label="System name" value={name} place={`${name} system name`} atEnd mono hint="A-Z, 0-9 and _; connections, code and sample inputs follow."
        wrong={(text) => (!/^[A-Z0-9_]{1,64}$/.test(text) ? 'Up to 64 of A-Z, 0-9 and _.' : others.includes(text) ? 'Another node has this name.' : undefined)} onSave={(text) => rename(text)} />
      <fieldset className="stack"><legend>What it is</legend>
        {FLAGS.map(({ key, label: words, hint }) => (
          <label key={key} className="check"><input type="checkbox" checked={node[key] === true} onChange={(event) => void save(withNode(name, { [key]: event.target.checked || undefined }))} /><span>{words} <small className="hint">{hint}</small></span></label>
        ))}
        <label className="check"><input type="checkbox" checked={node.active === false} onChange={(event) => void save(withNode(name, { active: event.target.checked ? false : undefined }))} /><span>Switched off <small className="hint">never matches and is never entered</small></span></label>
      </fieldset>
      <div className="row"><button type="button" onClick={() => void duplicate()}>Duplicate</button><button type="button" className="danger" onClick={onDelete}>Delete the node</button></div>
      <AsJson label="The node as JSON" place={`${name} json`} value={node} hint="For what has no field here; saved when you leave it." onSave={(value) => save(withNode(name, () => ({ ...nothingOf(node), ...value })))} />
    </div>
  );
}
