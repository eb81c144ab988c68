import { useState, type FormEvent } from 'react';
import { del, patch, type Schemas } from '../../api/client';
import { Sheet } from '../../shared/Sheet';
import { Trouble } from '../../shared/Trouble';
import { useAction } from '../../shared/useAsync';

/** Renames a bot, and deletes one after asking. */
export function BotTools({ bot, onDone }: { bot: Schemas['BotSummary']; onDone: () => void }) {
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const shown = bot.name || bot.bot;
  const done = () => {
    setOpen(undefined);
    onDone();
  };
  return (
    <div className="tile-tools">
      <button type="button" className="quiet" aria-label={`Rename ${shown}`} onClick={() => setOpen('rename')}>Rename</button>
      <button type="button" className="quiet danger" aria-label={`Delete ${shown}`} onClick={() => setOpen('delete')}>Delete</button>
      {open === 'rename' && <Rename bot={bot} onClose={() => setOpen(undefined)} onDone={done} />}
      {open === 'delete' && <Delete bot={bot} onClose={() => setOpen(undefined)} onDone={done} />}
    </div>
  );
}

interface Props {
  bot: Schemas['BotSummary'];
  onClose: () => void;
  onDone: () => void;
}

function Rename({ bot, onClose, onDone }: Props) {
  const [name, setName] = useState(bot.name || bot.bot);
  const { busy, error, run } = useAction();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) run(() => patch('/api/v1/bots/{bot}', { path: { bot: bot.bot }, body: { name: name.trim() }, type: 'application/merge-patch+json' }).then(onDone));
  };
  return (
    <Sheet title={`Rename ${bot.name || bot.bot}`} onClose={onClose}>
      <form className="stack" onSubmit={save}>
        <label className="field">Name<input data-first value={name} maxLength={200} onChange={(event) => setName(event.target.value)} /><small>Its address stays <code>{bot.bot}</code>.</small></label>
        {error !== undefined && <Trouble error={error} />}
        <button type="submit" className="strong" disabled={busy || !name.trim()}>Rename</button>
      </form>
    </Sheet>
  );
}

function Delete({ bot, onClose, onDone }: Props) {
  const [typed, setTyped] = useState('');
  const { busy, error, run } = useAction();
  const live = Object.keys(bot.live);
  const sure = live.length === 0 || typed.trim() === bot.bot;
  return (
    <Sheet title={`Delete ${bot.name || bot.bot}?`} onClose={onClose}>
      <p>With it go its nodes, code, sample inputs, the values of its variables, all versions, conversations and invocations. It cannot be brought back.</p>
      {live.length > 0 && (
        <>
          <p className="note odd">It is live in {live.join(' and ')}: users get no answer any more.</p>
          <label className="field">Type its address, {bot.bot}<input data-first value={typed} onChange={(event) => setTyped(event.target.value)} /></label>
        </>
      )}
      {error !== undefined && <Trouble error={error} />}
      <div className="row"><button type="button" className="danger" disabled={!sure || busy} onClick={() => run(() => del('/api/v1/bots/{bot}', { path: { bot: bot.bot } }).then(onDone))}>Delete for good</button><button type="button" onClick={onClose}>Keep it</button></div>
    </Sheet>
  );
}
