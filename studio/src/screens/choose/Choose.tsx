import { useState } from 'react';
import { samplePayload, systemName, utterancesOf, type Definition, type Node } from '../../bot/definition';
import { useBot, writeBot, settingsOf, readBot } from '../../bot/useBot';
import { go } from '../../router';
import { Trouble } from '../../shared/Trouble';
import { useAction } from '../../shared/useAsync';
import { ExamplePicker, type Example } from './ExamplePicker';
import { advised, FIRST_CODE, SCENARIOS, type Answers, type Kind } from './scenarios';

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
  const taken = Object.keys(definition.nodes ?? {});
  const nameFor = (example?: Example) => systemName(label || example?.label || 'My integration', taken);

  const begin = (kind: Kind, example?: Example) => run(async () => {
    const now = await readBot(bot);
    const name = nameFor(example);
    const made = withNode(now.definition, name, nodeOf(kind, label, says, example, now.definition), example);
    await writeBot(made, now.revision);
    await reload();
    go({ screen: 'node', bot, node: name });
  });

  return (
    <main id="content" tabIndex={-1} className="page">
      <h1>New integration</h1>
      <div className="row">
        <label className="field">Name, if you like<input value={label} maxLength={200} placeholder="My integration" onChange={(event) => setLabel(event.target.value)} />{label && <small>node <code>{nameFor()}</code></small>}</label>
        <label className="field">What users say to get there, if you like<input value={says} maxLength={1000} placeholder={firstSaid(label)} onChange={(event) => setSays(event.target.value)} /></label>
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
        <ExamplePicker busy={busy} onPick={(example) => begin(example.kind, example)} />
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

const firstSaid = (label: string, example?: Example): string =>
  (example && utterancesOf(example.node.user_says)[0]) || label.trim().toLowerCase() || 'hello';

function nodeOf(kind: Kind, label: string, says: string, example: Example | undefined, definition: Definition): Node {
  const address = definition.base_url ? { path: '/answer' } : { url: 'https://api.example.com/answer' };
  const base: Node = example
    ? { ...example.node, connections: undefined }
    : { integration: kind === 'code' ? { type: 'code' } : { type: 'api', ...address, timeout: '10s' } };
  return {
    ...base,
    label: label.trim() || base.label || 'My integration',
    start: true,
    user_says: says.trim() ? [says.trim()] : base.user_says ?? [firstSaid(label, example)],
  };
}

/** The definition with the new node, its code and sample, and what an example needs beside it. */
function withNode(definition: Definition, name: string, node: Node, example: Example | undefined): Definition {
  const settings = settingsOf(definition);
  const entities = { ...example?.entities, ...settings.entities };
  const isCode = node.integration?.type === 'code';
  return JSON.parse(JSON.stringify({
    ...settings,
    ...(Object.keys(entities).length ? { entities } : {}),
    ...(example ? { variables: { ...example.variables, ...settings.variables } } : {}),
    nodes: { ...settings.nodes, [name]: node },
    ...(isCode ? { code: { [name]: example?.code ?? FIRST_CODE } } : {}),
    samples: { [name]: example && Object.keys(example.samples).length ? example.samples : { default: samplePayload(name, node, entities) } },
  })) as Definition;
}
