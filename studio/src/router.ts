// Places in the studio are in the address after the #, so that links, Back and reloads work.

import { useSyncExternalStore } from 'react';

export type Place =
  | { screen: 'bots' }
  /** @property node whose panel is open, with that tab in front */
  | { screen: 'bot'; bot: string; node?: string; tab?: string }
  | { screen: 'new'; bot: string }
  | { screen: 'node'; bot: string; node: string }
  | { screen: 'chat'; bot: string }
  | { screen: 'invocations'; bot: string; id?: string; query?: string }
  | { screen: 'settings'; bot: string }
  | { screen: 'lost' };

const NAMED = ['new', 'chat', 'invocations', 'settings'] as const;

export function placeOf(hash: string): Place {
  const mark = hash.indexOf('?');
  const query = mark < 0 ? undefined : hash.slice(mark + 1) || undefined;
  const steps = (mark < 0 ? hash : hash.slice(0, mark)).replace(/^#\/?/, '').split('/').filter(Boolean).map(decoded);
  const [first, bot, screen, detail, tab] = steps;
  if (first === undefined || first === 'bots' && bot === undefined || first === 'link-expired') return { screen: 'bots' };
  if (first !== 'bots' || bot === undefined) return { screen: 'lost' };
  if (screen === undefined) return { screen: 'bot', bot };
  if (screen === 'build') return { screen: 'bot', bot, node: detail, tab };
  if (screen === 'nodes' && detail !== undefined) return { screen: 'node', bot, node: detail };
  if (screen === 'invocations') return { screen, bot, id: detail, query };
  const named = NAMED.find((name) => name === screen);
  return named ? { screen: named, bot } as Place : { screen: 'lost' };
}

export function hrefOf(place: Place): string {
  const e = encodeURIComponent;
  switch (place.screen) {
    case 'bots':
    case 'lost':
      return '#/bots';
    case 'bot':
      return `#/bots/${e(place.bot)}${place.node ? `/build/${e(place.node)}${place.tab ? `/${e(place.tab)}` : ''}` : ''}`;
    case 'node':
      return `#/bots/${e(place.bot)}/nodes/${e(place.node)}`;
    case 'invocations':
      return `#/bots/${e(place.bot)}/invocations${place.id ? `/${e(place.id)}` : ''}${place.query ? `?${place.query}` : ''}`;
    default:
      return `#/bots/${e(place.bot)}/${place.screen}`;
  }
}

export const go = (place: Place): void => {
  location.hash = hrefOf(place);
};

/** Goes there without a step for Back. */
export function goInstead(place: Place): void {
  history.replaceState(null, '', hrefOf(place));
  dispatchEvent(new Event('hashchange'));
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed);
      return () => removeEventListener('hashchange', changed);
    },
    () => location.hash,
  );
  return placeOf(hash);
}
