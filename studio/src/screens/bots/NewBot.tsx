import { useState, type FormEvent } from 'react';
import { post, type Schemas } from '../../api/client';
import { botName } from '../../bot/definition';
import { writeBot } from '../../bot/useBot';
import { go } from '../../router';
import { Sheet } from '../../shared/Sheet';
import { Trouble } from '../../shared/Trouble';
import { useAction } from '../../shared/useAsync';

/** A bot begins empty, or as a copy of another with its code, samples and the values of its variables. */
export function NewBot({ bots, onClose }: { bots: Schemas['BotSummary'][]; onClose: () => void }) {
  const [name, setName] = useState('');
  const [from, setFrom] = useState('');
  const { busy, error, run } = useAction();
  const bot = botName(name || 'my bot', bots.map((other) => other.bot));
  const make = (event: FormEvent) => {
    event.preventDefault();
    run(async () => {
      if (from) await post('/api/v1/bots/{bot}/copies', { path: { bot: from }, body: { bot, name: name.trim() || undefined } });
      else await writeBot({ bot, name: name.trim() || 'My bot', language: 'en', nodes: {} });
      go({ screen: 'bot', bot });
    });
  };
  return (
    <Sheet title="New bot" onClose={onClose}>
      <form className="stack" onSubmit={make}>
        <label className="field">Name<input value={name} maxLength={200} data-first placeholder="My bot" onChange={(event) => setName(event.target.value)} /></label>
        <p className="hint">Its address will be <code>{bot}</code>.</p>
        <fieldset className="stack">
          <legend>Begin with</legend>
          <label className="check"><input type="radio" name="from" checked={from === ''} onChange={() => setFrom('')} />An empty bot</label>
          {bots.map((other) => (
            <label key={other.bot} className="check"><input type="radio" name="from" checked={from === other.bot} onChange={() => setFrom(other.bot)} /><span dir="auto">A copy of {other.name || other.bot}</span></label>
          ))}
        </fieldset>
        {error !== undefined && <Trouble error={error} />}
        <button type="submit" className="strong" disabled={busy}>Make the bot</button>
      </form>
    </Sheet>
  );
}
