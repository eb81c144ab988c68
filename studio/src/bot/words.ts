// Connections, rules and problems as people say them.

import { labelOf, utterancesOf, type Comparison, type Connection, type Definition, type Node, type Rule } from './definition';

export const OPERATORS: Record<string, string> = {
  equals: 'is',
  not_equals: 'is not',
  greater_than: 'is more than',
  at_least: 'is at least',
  less_than: 'is less than',
  at_most: 'is at most',
  contains: 'contains',
  not_contains: 'does not contain',
  exists: 'is there',
  empty: 'is empty',
};

/** Operators whose value is only whether they hold. */
export const isFlag = (operator: string): boolean => operator === 'exists' || operator === 'empty';

export const operatorOf = (comparison: Comparison): string => Object.keys(comparison).find((key) => key !== 'variable') ?? 'equals';

export const comparisonsOf = (rule: Rule): Comparison[] => ('all' in rule ? rule.all : rule.any);

export function comparisonInWords(comparison: Comparison): string {
  const operator = operatorOf(comparison);
  const value = comparison[operator];
  const name = `${comparison.variable || '…'} `;
  if (operator === 'exists') return name + (value === false ? 'is not there' : 'is there');
  if (operator === 'empty') return name + (value === false ? 'is not empty' : 'is empty');
  return `${name}${OPERATORS[operator] ?? operator} ${value === '' ? '…' : String(value)}`;
}

export const ruleInWords = (rule: Rule): string => comparisonsOf(rule).map(comparisonInWords).join('all' in rule ? ' and ' : ' or ');

/** When a connection is taken. */
export function conditionInWords({ when, user_says, entity }: Connection, node: Node | undefined, language?: string): string {
  if (when) return `when ${ruleInWords(when)}`;
  if (user_says) {
    const said = utterancesOf(user_says, language);
    return `when the user says “${said[0] ?? '…'}”${said.length > 1 ? ` (+${said.length - 1})` : ''}`;
  }
  if (entity) {
    return `when ${Object.entries(entity).map(([name, test]) => `${spaced(name)} ${test.values ? `is ${test.values.join(' or ')}` : 'is given'}`).join(' and ')}`;
  }
  return node?.integration ? 'otherwise' : 'at once';
}

export const spaced = (name: string): string => name.replace(/_/g, ' ');

const PARTS: Record<string, string> = {
  user_says: 'what users say',
  bot_says: 'what the bot says',
  entities: 'entities',
  connections: 'connection',
  integration: 'integration',
  position: 'place on the canvas',
  ask: 'question',
  reprompt: 'reprompt',
  entity: 'entity',
  to: 'where it leads',
  when: 'rule',
  all: 'condition',
  any: 'condition',
  base_url: 'base URL',
  bot_break: 'what is said when something fails',
  variants: 'variant',
  quick_replies: 'quick reply',
};

/** The place of a problem, such as nodes.LATE.connections[1].to, as people find it on the screen. */
export function placeInWords(pointer: string, definition?: Pick<Definition, 'nodes' | 'language'>): string {
  const steps = pointer.match(/[^.[\]]+/g) ?? [];
  const said: string[] = [];
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!;
    const name = steps[at + 1];
    if (at === 0 && name !== undefined && ['nodes', 'code', 'samples', 'entities', 'variables'].includes(step)) {
      said.push(topInWords(step, name, definition));
      at++;
    } else if (/^\d+$/.test(step) && said.length) said[said.length - 1] += ` ${Number(step) + 1}`;
    else said.push(PARTS[step] ?? spaced(step));
  }
  return said.join(', ');
}

function topInWords(step: string, name: string, definition?: Pick<Definition, 'nodes' | 'language'>): string {
  switch (step) {
    case 'nodes':
      return labelOf(name, definition?.nodes?.[name], definition?.language);
    case 'entities':
      return `entity ${spaced(name)}`;
    case 'variables':
      return `variable ${name}`;
    default:
      return `${step === 'code' ? 'code' : 'sample input'} of ${labelOf(name, definition?.nodes?.[name], definition?.language)}`;
  }
}
