import { hrefOf } from '../../router';
import { labelOf, textOf, utterancesOf, wordsOf, type Node } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { Release } from './Release';

/** The nodes of a bot, which of them have an integration, and its way to production. */
export function BotHome() {
  const { bot, definition } = useBot();
  const nodes = Object.entries(definition.nodes ?? {});
  const language = definition.language;
  return (
    <main id="content" tabIndex={-1} className="page">
      <div className="head"><h1 dir="auto">{textOf(definition.name, language) || bot}</h1>
        {nodes.length > 0 && <a className="button strong" href={hrefOf({ screen: 'new', bot })}>New integration</a>}</div>
      {nodes.length === 0 && (
        <div className="panel empty">
          <p>This bot is empty. An integration is where it begins to be of use: your own Python, or a call to your API, that finds the answer for the user.</p>
          <a className="button strong" href={hrefOf({ screen: 'new', bot })}>New integration</a>
        </div>
      )}
      <ul className="nodes" aria-label="Nodes">
        {nodes.map(([name, node]) => <NodeRow key={name} bot={bot} name={name} node={node} language={language} />)}
      </ul>
      {nodes.length > 0 && <Release />}
    </main>
  );
}

function NodeRow({ bot, name, node, language }: { bot: string; name: string; node: Node; language?: string }) {
  const label = labelOf(name, node, language);
  const says = utterancesOf(node.user_says, language);
  const said = (node.bot_says ?? []).map((say) => wordsOf(say, language)).find(Boolean);
  const kind = node.integration?.type;
  return (
    <li className="node-row">
      <div className="grow">
        {kind ? <a href={hrefOf({ screen: 'node', bot, node: name })} dir="auto">{label}</a> : <span dir="auto">{label}</span>} <code>{name}</code>
        {says.length > 0 && <p className="muted" dir="auto">User: “{says[0]}”{says.length > 1 && ` and ${says.length - 1} more`}</p>}
        {said && <p className="muted" dir="auto">Bot: “{said}”</p>}
      </div>
      {kind && <span className="tag">{kind === 'code' ? 'custom code' : 'API'}</span>}
      {node.start && <span className="tag">start</span>}
      {node.end && <span className="tag">end</span>}
      {node.active === false && <span className="badge draft">switched off</span>}
    </li>
  );
}
