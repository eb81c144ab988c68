// The frame of every screen: who is signed in, whether the server answers, and where we are.

import { useCallback, useEffect, useRef, useState } from 'react';
import * as client from '../api/client';
import { hrefOf, usePlace } from '../router';
import { BotScreens } from './BotScreens';
import { Bots } from '../screens/bots/Bots';
import { forgetChats } from '../screens/chat/kept';
import { SignIn } from './SignIn';
import { Boundary } from '../shared/Boundary';
import { Trouble } from '../shared/Trouble';

type Entry = 'asking' | 'out' | 'in' | 'again' | 'failed';

export function App() {
  const [entry, setEntry] = useState<Entry>('asking');
  const [failure, setFailure] = useState<unknown>();
  const [reached, setReached] = useState(true);
  const waiting = useRef<(() => void)[]>([]);

  const ask = useCallback(() => {
    setEntry('asking');
    client.session().then((yes) => setEntry(yes ? 'in' : 'out'), (error: unknown) => {
      setFailure(error);
      setEntry('failed');
    });
  }, []);

  useEffect(() => {
    client.surroundedBy({
      reached: setReached,
      signIn: () => new Promise<void>((resolve) => {
        waiting.current.push(resolve);
        setEntry('again');
      }),
    });
    ask();
  }, [ask]);

  const signedIn = () => {
    setEntry('in');
    for (const go of waiting.current.splice(0)) go();
  };

  const signedOut = () => {
    forgetChats();
    setEntry('out');
  };

  if (entry === 'asking') return <p className="loading" role="status">Loading …</p>;
  if (entry === 'failed') return <main className="loading"><h1>Patchbay</h1><Trouble error={failure} onRetry={ask} /></main>;
  if (entry === 'out') return <SignIn onDone={signedIn} />;
  return (
    <>
      {!reached && <Away onBack={() => setReached(true)} />}
      <Screens onSignOut={() => client.signOut().then(signedOut, ask)} />
      {entry === 'again' && <SignIn again onDone={signedIn} />}
    </>
  );
}

/** Looks every two seconds whether the server is back. */
function Away({ onBack }: { onBack: () => void }) {
  useEffect(() => {
    const timer = setInterval(() => {
      fetch('/health/live', { cache: 'no-store' }).then((reply) => reply.ok && onBack(), () => {});
    }, 2000);
    return () => clearInterval(timer);
  }, [onBack]);
  return <p className="away" role="alert">The server does not answer. What you type is kept in this browser; this line goes away when it is back.</p>;
}

function Screens({ onSignOut }: { onSignOut: () => void }) {
  const place = usePlace();
  const bot = 'bot' in place ? place.bot : undefined;
  const here = hrefOf(place);
  // What had the focus may be gone with the screen before.
  useEffect(() => {
    if (document.activeElement !== document.body) return;
    document.getElementById('content')?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [here]);
  useEffect(() => {
    document.title = bot ? `${bot} · Patchbay` : 'Patchbay';
  }, [bot]);
  return (
    <>
      <a className="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>Skip to the content</a>
      <header className="bar">
        <a className="brand" href={hrefOf({ screen: 'bots' })}><img src="/studio/icon.svg" alt="" width="24" height="24" />Patchbay</a>
        <span className="grow" />
        <a className="quiet-link" href="/openapi.json" target="_blank" rel="noopener">HTTP API</a>
        <button type="button" className="quiet" onClick={onSignOut}>Sign out</button>
      </header>
      {place.screen === 'bots' && <Boundary at={here}><Bots /></Boundary>}
      {place.screen === 'lost' && (
        <main id="content" tabIndex={-1} className="page"><h1>There is nothing at this address</h1><p><a href={hrefOf({ screen: 'bots' })}>All bots</a></p></main>
      )}
      {bot !== undefined && 'bot' in place && <BotScreens key={bot} place={place} />}
    </>
  );
}
