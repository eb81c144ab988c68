import { useState, type FormEvent } from 'react';
import { post, put, type Schemas } from '../../api/client';
import { botName } from '../../bot/definition';
import { writeBot } from '../../bot/useBot';
import { go } from '../../router';
import { Sheet } from '../../shared/Sheet';
import { Trouble } from '../../shared/Trouble';
import { useAction } from '../../shared/useAsync';
import { firstNode, renamed } from './starts';

type Start = 'blank' | 'copy' | 'paste';

/** A bot begins with a first node, as a copy of another with its code, samples and variables, or as a definition. */
export function NewBot({ bots, onClose }: { bots: Schemas['BotSummary'][]; onClose: () => void }) {
  const [name, setName] = useState('');
  const [start, setStart] = useState<Start>('blank');
  const [says, setSays] = useState('');
  const [answer, setAnswer] = useState('');
  const [from, setFrom] = useState('');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, error, run } = useAction();
  const bot = botName(name || 'bot', bots.map((other) => other.bot));
  const wrong = !name.trim() ? 'Give the bot a name: it is what you find it by.'
    : start === 'copy' && !from ? 'Choose which one to begin with.'
      : start === 'paste' && !text.trim() ? 'Paste the definition.' : '';
  const make = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong) return;
    run(async () => {
      if (start === 'copy') {
        await post('/api/v1/bots/{bot}/copies', { path: { bot: from }, body: { bot, name: name.trim() } });
        return go({ screen: 'bot', bot });
      }
      if (start === 'paste') {
        const { body, type } = renamed(text, bot);
        await put('/api/v1/bots/{bot}', { path: { bot }, body: (type === 'application/json' ? JSON.parse(body) : body) as never, type });
        return go({ screen: 'bot', bot });
      }
      const made = firstNode(bot, name, says, answer);
      await writeBot(made);
      go({ screen: 'bot', bot, node: Object.keys(made.nodes!)[0], tab: 'bot' });
    });
  };
  const choice = (value: Start, words: string) => <label className="check"><input type="radio" name="start" checked={start === value} onChange={() => setStart(value)} />{words}</label>;
  return (
    <Sheet title="New bot" onClose={onClose}>
      <form className="stack" onSubmit={make} noValidate>
        <label className="field">Name<input value={name} maxLength={200} data-first placeholder="Parcel desk" aria-describedby="new-bot-wrong" onChange={(event) => setName(event.target.value)} /></label>
        {name.trim() && <p className="hint">Its address will be <code>{bot}</code>.</p>}
        <fieldset className="stack">
          <legend>Begin with</legend>
          {choice('blank', 'A first node, of which you say what it does')}
          {choice('copy', 'A copy of an example, or of another bot here')}
          {choice('paste', 'A definition that you paste')}
        </fieldset>
        {start === 'blank' && (
          <div className="row">
            <label className="field">What will users write first?<input value={says} maxLength={500} placeholder="hello" onChange={(event) => setSays(event.target.value)} /></label>
            <label className="field">What does the bot answer?<input value={answer} maxLength={1000} placeholder="Hello, how can I help?" onChange={(event) => setAnswer(event.target.value)} /></label>
          </div>
        )}
        {start === 'copy' && (
          <label className="field">Which one<select value={from} onChange={(event) => setFrom(event.target.value)}>
            <option value="">Choose …</option>{bots.map((other) => <option key={other.bot} value={other.bot}>{other.name && other.name !== other.bot ? `${other.name} (${other.bot})` : other.bot}</option>)}</select></label>
        )}
        {start === 'paste' && <label className="field">Definition, as YAML or JSON<textarea className="mono" rows={8} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} /></label>}
        <p id="new-bot-wrong" className="wrong" role="alert">{tried ? wrong : ''}</p>
        {error !== undefined && <Trouble error={error} />}
        <button type="submit" className="strong" disabled={busy}>Make the bot</button>
      </form>
    </Sheet>
  );
}
