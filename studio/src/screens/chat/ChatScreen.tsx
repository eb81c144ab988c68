import { useEffect, useState } from 'react';
import { ApiError, type Environment } from '../../api/client';
import { labelOf, textOf, utterancesOf } from '../../bot/definition';
import { deploy, liveIn, train, useBot } from '../../bot/useBot';
import { Chat } from '../../chat/Chat';
import { MessageLog } from '../../chat/MessageLog';
import { short, time } from '../../shared/format';
import { useAction, useLoaded } from '../../shared/useAsync';
import { keptChat, testUser } from './kept';
import { Release } from '../bot/Release';

export function ChatScreen() {
  const { bot, definition } = useBot();
  const [environment, setEnvironment] = useState<Environment>(() => (sessionStorage.getItem(`patchbay:environment:${bot}`) === 'production' ? 'production' : 'staging'));
  const [user] = useState(() => testUser());
  useEffect(() => sessionStorage.setItem(`patchbay:environment:${bot}`, environment), [bot, environment]);
  const live = useLoaded(async () => (await liveIn(bot, environment)) ?? null, `${bot} ${environment}`);
  const starts = Object.entries(definition.nodes ?? {}).filter(([, node]) => node.start && node.active !== false)
    .flatMap(([name, node]) => utterancesOf(node.user_says, definition.language).slice(0, 1).map((text) => ({ text, label: labelOf(name, node, definition.language) })));
  return (
    <main id="content" tabIndex={-1} className="chat-desk">
      <h1 className="unseen">Chat with {textOf(definition.name) || bot}</h1>
      <Chat bot={bot} environment={environment} user={user} memory={keptChat(bot, environment, user)}
        bar={<>
          <fieldset className="segments">
            <legend className="unseen">Environment</legend>
            {(['staging', 'production'] as const).map((one) => (
              <label key={one}><input type="radio" name="environment" checked={environment === one} onChange={() => setEnvironment(one)} />{one}</label>
            ))}
          </fieldset>
          {environment === 'staging' && live.data && <Refresh onLive={live.reload} />}
        </>}
        welcome={(say) => live.data === null ? <Release only={environment} onLive={live.reload} /> : (
          <div className="stack muted">
            <p>You talk with {live.data ? `version ${short(live.data.version)}, live in ${environment} since ${time(live.data.at)}` : `what is live in ${environment}`}{starts.length ? '. It can help with this:' : '.'}</p>
            <div className="taps">{starts.map(({ text, label }) => <button key={text + label} type="button" onClick={() => say(text)}><span><span className="muted">{label}</span> “{text}”</span></button>)}</div>
          </div>
        )}
        below={(turn, where) => <MessageLog bot={bot} turn={turn} environment={where} />}
        onFailure={(error, again) => error instanceof ApiError && error.code === 'not_deployed' ? <Release only={environment} onLive={() => { live.reload(); again(); }} /> : null} />
    </main>
  );
}

/** Staging answers as the draft did when it was last brought there. */
function Refresh({ onLive }: { onLive: () => void }) {
  const { bot } = useBot();
  const [said, setSaid] = useState('');
  const { busy, error, run } = useAction();
  const refresh = () => run(async () => {
    setSaid('');
    const { version, problems } = await train(bot);
    if (!version) throw new Error(problems.map((problem) => `${problem.pointer} ${problem.message}`).join('; '));
    await deploy(bot, version, 'staging');
    setSaid(`${short(version)} is live`);
    onLive();
  });
  return (
    <>
      <button type="button" disabled={busy} onClick={refresh}>Deploy the draft to staging</button>
      <span role="status" className="muted">{busy ? 'Working …' : error !== undefined ? String(error instanceof Error ? error.message : error) : said}</span>
    </>
  );
}
