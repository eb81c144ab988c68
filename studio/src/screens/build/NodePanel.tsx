import { useEffect, useRef } from 'react';
import { withNode } from '../../bot/changes';
import { labelOf, textOf, utterancesOf, type Text } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { spaced } from '../../bot/words';
import { variablesIn } from '../../bot/outputs';
import { waysTo } from '../../bot/graph';
import { go } from '../../router';
import { Tabs } from '../../shared/Tabs';
import { ConnectionsTab } from './ConnectionsTab';
import { EntitiesTab } from './EntitiesTab';
import { IntegrationTab } from './IntegrationTab';
import { Says } from './Says';
import { Sentences } from './Sentences';
import { SettingsTab } from './SettingsTab';
import { useOutput } from './useOutput';
import { useSave } from './useSave';

/** All that a node is, beside the graph; what is changed is the draft at once. */
export function NodePanel({ name, tab = 'says', onDelete }: { name: string; tab?: string; onDelete: () => void }) {
  const { bot, definition } = useBot();
  const node = definition.nodes?.[name];
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) head.current?.focus({ preventScroll: true });
  }, [name]);
  const close = () => go({ screen: 'bot', bot });
  if (!node) {
    return (
      <aside className="node-panel" aria-label="Node">
        <div className="panel-head"><h2>This node is gone</h2><button type="button" className="quiet" onClick={close}>Close</button></div>
      </aside>
    );
  }
  const label = labelOf(name, node, definition.language);
  const count = (list: unknown) => (Array.isArray(list) && list.length ? ` ${list.length}` : '');
  return (
    <aside className="node-panel" aria-label={`Node ${label}`}>
      <div className="panel-head"><h2 tabIndex={-1} ref={head} dir="auto">{label}</h2><button type="button" className="quiet" onClick={close}>Close</button></div>
      <Tabs label="Parts of the node" current={tab} onChange={(id) => go({ screen: 'bot', bot, node: name, tab: id })} tabs={[
        { id: 'says', label: `User says${count(node.user_says)}`, body: <UserSays name={name} /> },
        { id: 'entities', label: `Entities${count(node.entities)}`, body: <EntitiesTab name={name} /> },
        { id: 'bot', label: 'Bot says', body: <BotSays name={name} /> },
        { id: 'ways', label: `Connections${count(node.connections)}`, body: <ConnectionsTab name={name} /> },
        { id: 'integration', label: 'Integration', body: <IntegrationTab name={name} /> },
        { id: 'settings', label: 'Settings', body: <SettingsTab name={name} onDelete={onDelete} /> },
      ]} />
    </aside>
  );
}

function UserSays({ name }: { name: string }) {
  const { definition } = useBot();
  const { save } = useSave();
  const node = definition.nodes?.[name];
  const says = (Array.isArray(node?.user_says) ? node.user_says : node?.user_says === undefined ? [] : [node.user_says]) as Text[];
  const led = waysTo(definition, name).length > 0;
  const plain = (sentence: string) => sentence.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const others = new Map(Object.entries(definition.nodes ?? {}).filter(([other, { start }]) => other !== name && start)
    .flatMap(([other, { user_says }]) => utterancesOf(user_says, definition.language).map((sentence): [string, string] => [plain(sentence), other])));
  const warn = (sentence: string) => {
    const other = node?.start ? others.get(plain(sentence)) : undefined;
    return other && `${labelOf(other, definition.nodes?.[other], definition.language)} has this sentence too: the bot cannot tell which is meant.`;
  };
  return (
    <div className="stack">
      <p className="hint">What users write to get here. A few ways to say it are enough: the bot also takes what is nearly the same.</p>
      <label className="check"><input type="checkbox" checked={node?.start === true} onChange={(event) => void save(withNode(name, { start: event.target.checked || undefined }))} />These sentences may begin a conversation</label>
      {!node?.start && says.length > 0 && !led && <p className="note odd">Nobody gets here: these sentences do not begin a conversation, and no connection leads here.</p>}
      <Sentences place={`${name} says`} says={says} placeholder="where is my order" warn={warn} onChange={(change) => save(withNode(name, ({ user_says }) => {
        const now = change((Array.isArray(user_says) ? user_says : []) as Text[]).filter((one) => textOf(one, definition.language));
        return { user_says: now, ...(!user_says && !node?.start && !led && { start: true }) };
      }))} />
    </div>
  );
}

function BotSays({ name }: { name: string }) {
  const { definition } = useBot();
  const node = definition.nodes?.[name];
  const from = node?.integration ? name : waysTo(definition, name).map((way) => way.from).find((one) => definition.nodes?.[one]?.integration) ?? name;
  const output = useOutput(from);
  const inserts = [
    ...Object.keys(definition.entities ?? {}).map((entity) => ({ label: spaced(entity), text: `%entitytag_${entity}` })),
    ...[...variablesIn(output).keys()].map((variable) => ({ label: `output: ${variable}`, text: `[[${variable}]]` })),
  ];
  return (
    <div className="stack">
      <p className="hint">{node?.integration ? 'Said where no rule leads on and the integration brings no words of its own.' : 'What the bot answers here, bubble by bubble.'}</p>
      <Says label="Bot says" place={`${name} bot says`} empty="Nothing yet." inserts={inserts} read={(d) => d.nodes?.[name]?.bot_says} write={(d, bot_says) => withNode(name, { bot_says })(d)} />
    </div>
  );
}
