// What a new value of a secret replaces, and from when it holds.

import type { Environment, Schemas } from '../../api/client';

export type Where = Environment | 'both';

export const environmentsOf = (where: Where): Environment[] => (where === 'both' ? ['staging', 'production'] : [where]);

export const namesOf = (where: Where): string => environmentsOf(where).join(' and ');

/** Where there is a value that a new one would replace. */
export const replacedIn = (where: Where, variable: Schemas['Variable'] | undefined): Environment[] =>
  environmentsOf(where).filter((environment) => variable?.set[environment]);

/** A name for the first secret of a node; never that of a variable that is there. */
export function freeName(taken: string[]): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'API_SECRET' : `API_SECRET_${number}`;
    if (!taken.includes(name)) return name;
  }
}

export const fromWhen = (where: Where, name: string, saved: boolean): string =>
  saved ? `Requests in ${namesOf(where)} that are signed with ${name} have the new value from the next call on.`
    : 'Save to sign with it.';
