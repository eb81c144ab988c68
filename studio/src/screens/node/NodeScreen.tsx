import { hrefOf } from '../../router';
import { useBot } from '../../bot/useBot';
import { ApiPanel } from '../api/ApiPanel';
import { CodeScreen } from '../code/CodeScreen';

/** A node's integration: the editor for code, the panel for an API. */
export function NodeScreen({ node }: { node: string }) {
  const { bot, definition } = useBot();
  const found = definition.nodes?.[node];
  switch (found?.integration?.type) {
    case 'code':
      return <CodeScreen node={node} />;
    case 'api':
      return <ApiPanel node={node} integration={found.integration} />;
    default:
      return (
        <main id="content" tabIndex={-1} className="page">
          <h1>{found ? 'This node has no integration' : `There is no node ${node}`}</h1>
          <p><a href={hrefOf({ screen: 'bot', bot })}>All nodes of this bot</a></p>
        </main>
      );
  }
}
