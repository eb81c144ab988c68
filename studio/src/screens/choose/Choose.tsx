import { useState } from 'react';
import { putVariable, readBot, useBot, variablesOf, writeBot } from '../../bot/useBot';
import { go } from '../../router';
import { Trouble } from '../../shared/Trouble';
import { useAction } from '../../shared/useAsync';
import { firstSaid, nameFor, withCopy, withEmpty, type Example } from './begin';
import { ExamplePicker } from './ExamplePicker';
import { advised, SCENARIOS, type Answers, type Kind } from './scenarios';

const TITLES: Record<Kind, string> = { code: 'Custom code', api: 'API' };
const WHAT: Record<Kind, string> = {
  code: 'You write Python in the browser. Patchbay runs it in a box of its own, with nothing to install.',
  api: 'You give an address. Patchbay sends it the same payload as a signed POST, and says what it answers.',
};
const BEGIN: Record<Kind, string> = { code: 'Write code', api: 'Call an API' };

/** Which kind of integration: two cards, two questions, and what to begin with. */
export function Choose() {
  const { bot, definition, reload } = useBot();
  const [label, setLabel] = useState('');
  const [says, setSays] = useState('');
  const [answers, setAnswers] = useState<Answers>({});
  const { busy, error, run } = useAction();
  const advice = advised(answers);
  const wish = { label, says };

  const begin = (kind: Kind, example?: Example) => run(async () => {
    const now = await readBot(bot);
    const made = example ? withCopy(now.definition, example, wish) : withEmpty(now.definition, kind, wish);
    await writeBot(made, now.revision);
    if (example) await bringValues(bot, example.from.bot);
    await reload();
    go({ screen: 'node', bot, node: nameFor(now.definition, wish, example) });
  });

  return (
    <main id="content" tabIndex={-1} className="page">
      <h1>New integration</h1>
      <div className="row">
        <label className="field">Name, if you like<input value={label} maxLength={200} placeholder="My integration" onChange={(event) => setLabel(event.target.value)} />{label && <small>node <code>{nameFor(definition, wish)}</code></small>}</label>
        <label className="field">What users say to get there, if you like<input value={says} maxLength={1000} placeholder={firstSaid(wish)} onChange={(event) => setSays(event.target.value)} /></label>
      </div>
      <div className="choices">
        {(['code', 'api'] as const).map((kind) => (
          <section key={kind} className={`choice${advice?.kind === kind ? ' advised' : ''}`} aria-labelledby={`choice-${kind}`}>
            <div className="row"><h2 id={`choice-${kind}`}>{TITLES[kind]}</h2>{advice?.kind === kind && <span className="badge live">recommended</span>}</div>
            <p>{WHAT[kind]}</p>
            <h3>Take it when</h3>
            <ul>{SCENARIOS[kind].map((scenario) => <li key={scenario}>{scenario}</li>)}</ul>
            <button type="button" className="strong" disabled={busy} onClick={() => begin(kind)}>{BEGIN[kind]}</button>
          </section>
        ))}
      </div>
      {error !== undefined && <Trouble error={error} />}
      <section className="panel" aria-labelledby="advice">
        <h2 id="advice">Not sure?</h2>
        <div className="row">
          <Question text="Do you have a service of your own that does it?" value={answers.service} onChange={(service) => setAnswers({ ...answers, service })} />
          <Question text="Does it fit into one file of Python, without storage of its own?" value={answers.small} onChange={(small) => setAnswers({ ...answers, small })} />
        </div>
        <p role="status">{advice ? <><strong>{TITLES[advice.kind]}.</strong> {advice.why}</> : 'Answer both, and one of the two is recommended.'}</p>
      </section>
      <section className="panel" aria-labelledby="examples">
        <h2 id="examples">Or begin with one that works</h2>
        <ExamplePicker busy={busy} onPick={(example) => begin('code', example)} />
      </section>
    </main>
  );
}

function Question({ text, value, onChange }: { text: string; value?: boolean; onChange: (yes: boolean) => void }) {
  return (
    <fieldset className="field">
      <legend>{text}</legend>
      <div className="segments">
        <label><input type="radio" name={text} checked={value === true} onChange={() => onChange(true)} />Yes</label>
        <label><input type="radio" name={text} checked={value === false} onChange={() => onChange(false)} />No</label>
      </div>
    </fieldset>
  );
}

/** Values that are no secrets and that this bot does not have. */
async function bringValues(bot: string, from: string): Promise<void> {
  const [own, theirs] = await Promise.all([variablesOf(bot), variablesOf(from)]);
  for (const { name, secret, staging, production } of theirs) {
    const empty = own.some((one) => one.name === name && !one.staging && !one.production);
    if (empty && !secret && (staging || production)) await putVariable(bot, name, { staging, production });
  }
}
