import { labelOf, listOf, utterancesOf, wordsOf } from '../../bot/definition';
import type { Concern } from '../../bot/graph';
import { useBot } from '../../bot/useBot';
import { conditionInWords } from '../../bot/words';
import { hrefOf } from '../../router';

/** The nodes one below the other, each with where it leads. */
export function NodeList({ selected, worries }: { selected?: string; worries: Concern[] }) {
  const { bot, definition } = useBot();
  const language = definition.language;
  const label = (name: string) => labelOf(name, definition.nodes?.[name], language);
  return (
    <ul className="nodes" aria-label="Nodes">
      {Object.entries(definition.nodes ?? {}).map(([name, node]) => {
        const says = utterancesOf(node.user_says, language);
        const said = listOf(node.bot_says).map((say) => wordsOf(say, language)).find(Boolean);
        const worry = worries.find((one) => one.node === name);
        return (
          <li key={name} className={`node-row${name === selected ? ' selected' : ''}`}>
            <div className="grow">
              <a href={hrefOf({ screen: 'bot', bot, node: name })} dir="auto" aria-current={name === selected || undefined}>{label(name)}</a> <code>{name}</code>
              {says.length > 0 && <p className="muted" dir="auto">User: “{says[0]}”{says.length > 1 && ` and ${says.length - 1} more`}</p>}
              {said && <p className="muted" dir="auto">Bot: “{said}”</p>}
              {(node.connections ?? []).map((one, index) => <p key={index} className="muted" dir="auto">{conditionInWords(one, node, language)} → {label(one.to)}</p>)}
              {worry && <p className="warns">{worry.words}</p>}
            </div>
            {node.integration && <a className="tag" href={hrefOf({ screen: 'node', bot, node: name })} aria-label={`${node.integration.type === 'code' ? 'custom code' : 'API'} of ${label(name)}`}>{node.integration.type === 'code' ? 'custom code' : 'API'}</a>}
            {node.start && <span className="tag">start</span>}
            {node.end && <span className="tag">end</span>}
            {node.active === false && <span className="badge draft">switched off</span>}
          </li>
        );
      })}
    </ul>
  );
}
