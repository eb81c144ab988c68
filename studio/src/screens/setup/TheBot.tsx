import { Ahead } from '../../bot/Ahead';
import { usersOf, withoutEntity } from '../../bot/changes';
import { labelOf, textOf, type Definition, type Text } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { spaced } from '../../bot/words';
import { hrefOf } from '../../router';
import { Trouble } from '../../shared/Trouble';
import { AsJson } from '../build/AsJson';
import { Languages } from '../build/Says';
import { Typing } from '../build/Typing';
import { SavingProvider, useSave, useSaving } from '../build/useSave';

const SORRY = 'Something went wrong on our side. Please try again.';

/** What the bot is called and speaks, and what it says when it cannot answer; each is saved as a draft at once. */
export const TheBot = () => <Ahead><Saved /></Ahead>;

function Saved() {
  const saving = useSaving();
  return (
    <SavingProvider value={saving}>
      <p className="hint" role="status">{saving.busy ? 'Saving …' : saving.typing ? 'Not saved yet' : 'Each change is saved as a draft at once.'}</p>
      {saving.error !== undefined && <Trouble error={saving.error} />}
      <BotFields />
    </SavingProvider>
  );
}

function BotFields() {
  const { definition } = useBot();
  const { save } = useSave();
  const rest = kept(definition, false);
  const set = (part: Partial<Definition>) => save((d) => tidy({ ...d, ...part }));
  return (
    <div className="stack">
      <div className="row">
        <Typing label="What people call it" place="bot name" value={textOf(definition.name) || definition.bot} atEnd wrong={(text) => (text.trim() ? undefined : 'Give it a name.')} onSave={(text) => set({ name: text.trim() })} />
        <Typing label="Its language" place="bot language" value={definition.language ?? 'en'} hint="Two letters, such as en, de or hi: of all texts that name none." atEnd
          wrong={(text) => (/^[a-z]{2}$/.test(text.trim()) ? undefined : 'Write two letters.')} onSave={(text) => set({ language: text.trim() })} />
      </div>
      <fieldset className="field"><legend>Said when something fails, or nothing fits</legend><Languages place="bot break" label="Said when something fails, or nothing fits" text={(definition.bot_break ?? SORRY) as Text} onSave={(bot_break) => set({ bot_break: bot_break === SORRY ? undefined : bot_break })} /></fieldset>
      <label className="check"><input type="checkbox" checked={definition.human_assistance === true} onChange={(event) => void set({ human_assistance: event.target.checked || undefined })} />
        <span>Hand over to people when something fails <small className="hint">the conversation then waits for them</small></span></label>
      <AsJson label="All settings of the bot as JSON" place="bot json" value={rest} hint="For what has no field here; saved when you leave it. Nodes and entities are elsewhere."
        onSave={(value) => save((d) => tidy({ ...kept(d, true), ...value, bot: d.bot } as Definition))} />
    </div>
  );
}

/** All entities, and which nodes use them. */
export function AllEntities() {
  const { bot, definition } = useBot();
  const saving = useSaving();
  const names = Object.keys(definition.entities ?? {});
  if (!names.length) return <p className="hint">None yet. Nodes add them under Entities.</p>;
  return (
    <>
      {saving.error !== undefined && <Trouble error={saving.error} />}
      <ul className="stack">
        {names.map((name) => {
          const users = usersOf(definition, name);
          return (
            <li key={name} className="row">
              <strong>{spaced(name)}</strong><span className="tag">{definition.entities?.[name]?.type}</span>
              <span className="grow">{users.map((node, index) => <span key={node}>{index > 0 && ', '}<a href={hrefOf({ screen: 'bot', bot, node, tab: 'entities' })}>{labelOf(node, definition.nodes?.[node], definition.language)}</a></span>)}{users.length === 0 && <span className="muted">no node uses it</span>}</span>
              <button type="button" className="quiet danger" aria-label={`Delete ${spaced(name)}`} disabled={users.length > 0} onClick={() => void saving.save(withoutEntity(name))}>Delete</button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What is edited elsewhere, or what is not. */
const kept = (definition: Definition, elsewhere: boolean) =>
  Object.fromEntries(Object.entries(definition).filter(([key]) => ['nodes', 'entities', 'code', 'samples', 'requirements'].includes(key) === elsewhere));

const tidy = (definition: Definition): Definition => Object.fromEntries(Object.entries(definition).filter(([, one]) => one !== undefined)) as unknown as Definition;
