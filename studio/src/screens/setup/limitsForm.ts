// The limits of a bot, and of one integration, as they stand in their form, and back.

import { goneError } from '../../bot/definition';
import type { Form } from './useSettings';

export interface LimitValues {
  code_timeout: string;
  api_timeout: string;
  memory: string;
  /** Of the node's integration. */
  own: string;
}

export const OWN = 'Timeout of this integration';
export const OF_BOT = { code_timeout: 'Code, each call', api_timeout: 'API, each call', memory: 'Memory of code' } as const;

/** @param node whose own timeout is shown too */
export const limitsForm = (node?: string): Form<LimitValues> => ({
  name: `limits ${node ?? ''}`,
  fields: [
    { label: OWN, keys: ['own'] },
    ...Object.entries(OF_BOT).map(([key, label]) => ({ label, keys: [key as keyof LimitValues] })),
  ],
  part: (d) => ({
    code_timeout: d.limits?.code_timeout ?? '', api_timeout: d.limits?.api_timeout ?? '', memory: d.limits?.memory ?? '',
    own: (node && d.nodes?.[node]?.integration?.timeout) || '',
  }),
  change: (d, { own, ...ofBot }) => {
    const given = Object.fromEntries(Object.entries(ofBot).map(([key, text]) => [key, text.trim() || undefined]));
    const limits = { ...d.limits, ...given };
    const changed = { ...d, limits: Object.values(limits).some(Boolean) ? limits : undefined };
    if (node === undefined) return changed;
    const at = d.nodes?.[node];
    if (!at?.integration) throw goneError(node);
    return { ...changed, nodes: { ...d.nodes, [node]: { ...at, integration: { ...at.integration, timeout: own.trim() || undefined } } } };
  },
});
