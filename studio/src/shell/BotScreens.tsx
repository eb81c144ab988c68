import { hrefOf, type Place } from '../router';
import { BotProvider, useBotState } from '../bot/useBot';
import { textOf } from '../bot/definition';
import { Boundary } from '../shared/Boundary';
import { Trouble } from '../shared/Trouble';
import { Build } from '../screens/build/Build';
import { Choose } from '../screens/choose/Choose';
import { NodeScreen } from '../screens/node/NodeScreen';
import { ChatScreen } from '../screens/chat/ChatScreen';
import { Invocations } from '../screens/invocations/Invocations';
import { Setup } from '../screens/setup/Setup';

type BotPlace = Extract<Place, { bot: string }>;

/** The screens of one bot, below its name and its ways around. */
export function BotScreens({ place }: { place: BotPlace }) {
  const { bot } = place;
  const { state, error, reload } = useBotState(bot);
  if (!state) {
    return (
      <main id="content" tabIndex={-1} className="page">
        {error ? <Trouble error={error} onRetry={() => void reload()} /> : <p role="status">Loading {bot} …</p>}
      </main>
    );
  }
  const at = (screen: BotPlace['screen']) => (place.screen === screen ? 'page' as const : undefined);
  return (
    <BotProvider value={state}>
      <nav className="bot-bar" aria-label="Bot">
        <a className="bot-name" href={hrefOf({ screen: 'bot', bot })}>{textOf(state.definition.name, state.definition.language) || bot}</a>
        <a href={hrefOf({ screen: 'bot', bot })} aria-current={at('bot') ?? at('node')}>Nodes</a>
        <a href={hrefOf({ screen: 'chat', bot })} aria-current={at('chat')}>Chat</a>
        <a href={hrefOf({ screen: 'invocations', bot })} aria-current={at('invocations')}>Invocations</a>
        <a href={hrefOf({ screen: 'settings', bot })} aria-current={at('settings')}>Setup</a>
      </nav>
      <Boundary at={hrefOf(place)}>
        {place.screen === 'bot' && <Build node={place.node} tab={place.tab} />}
        {place.screen === 'new' && <Choose />}
        {place.screen === 'node' && <NodeScreen key={place.node} node={place.node} />}
        {place.screen === 'chat' && <ChatScreen />}
        {place.screen === 'invocations' && <Invocations id={place.id} query={place.query} />}
        {place.screen === 'settings' && <Setup />}
      </Boundary>
    </BotProvider>
  );
}
