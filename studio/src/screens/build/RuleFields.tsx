import { useId } from 'react';
import type { Comparison, Rule } from '../../bot/definition';
import { valueOf, variablesIn } from '../../bot/outputs';
import { comparisonsOf, isFlag, OPERATORS, operatorOf } from '../../bot/words';
import { useOutput } from './useOutput';
import { Typing } from './Typing';

const TEXTS = Object.entries(OPERATORS).flatMap(([operator, words]): [string, string][] => (isFlag(operator) ? [[operator, words], [`not ${operator}`, words.replace('is', 'is not')]] : [[operator, words]]));

/** What can be more or less is a number or a text. */
const fitting = (operator: string, value: unknown): unknown => {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return /than|at_/.test(operator) ? 1 : typeof value === 'boolean' ? value : '1';
};

/** A condition on a variable that has none yet. */
function another(list: Comparison[], variables: Map<string, unknown>): Comparison {
  const [variable, value] = [...variables].find(([name, one]) => name !== 'status' && typeof one !== 'object' && !list.some((other) => other.variable === name)) ?? ['status', true];
  return { variable, equals: fitting('equals', value) };
}

/** A rule over the output: variables and values are offered from what the integration last answered. */
export function RuleFields({ place, node, rule, onSave }: { place: string; node: string; rule: Rule; onSave: (rule: Rule) => Promise<boolean> }) {
  const output = useOutput(node);
  const variables = variablesIn(output);
  const names = useId();
  const all = 'all' in rule;
  const list = comparisonsOf(rule);
  const put = (now: Comparison[], both = all) => onSave(both ? { all: now } : { any: now });
  const change = (at: number, now: Comparison) => put(list.map((one, index) => (index === at ? now : one)));
  return (
    <div className="stack">
      <datalist id={names}>{[...variables.keys()].map((name) => <option key={name} value={name} />)}</datalist>
      {list.length > 1 && (
        <label className="field">Holds when<select value={all ? 'all' : 'any'} onChange={(event) => void put(list, event.target.value === 'all')}>
          <option value="all">all of these are so</option><option value="any">one of these is so</option></select></label>
      )}
      {list.map((one, index) => {
        const operator = operatorOf(one);
        const value = one[operator];
        const shown = isFlag(operator) && value === false ? `not ${operator}` : operator;
        const known = variables.get(one.variable);
        return (
          <div key={index} className="row rule">
            <Typing label={`Variable ${index + 1}`} list={names} mono value={one.variable} place={`${place} ${index} variable`} wrong={(text) => (text.trim() ? undefined : 'Name a variable.')}
              onSave={(text) => change(index, { ...one, variable: text.trim().replace(/^\[\[\s*|\s*\]\]$/g, '') })} />
            <label className="field">Condition {index + 1}<select value={shown} onChange={(event) => {
              const next = event.target.value.replace(/^not (?=exists|empty)/, '');
              void change(index, { variable: one.variable, [next]: isFlag(next) ? !event.target.value.startsWith('not ') : fitting(next, isFlag(operator) ? known : value) });
            }}>{TEXTS.map(([key, words]) => <option key={key} value={key}>{words}</option>)}</select></label>
            {!isFlag(operator) && (
              <Typing label={`Value ${index + 1}`} value={String(value ?? '')} place={`${place} ${index} value`} hint={known !== undefined && typeof known !== 'object' ? `last seen: ${String(known)}` : undefined}
                onSave={(text) => change(index, { ...one, [operator]: valueOf(text) })} />
            )}
            <button type="button" className="quiet icon" aria-label={`Remove condition ${index + 1}`} disabled={list.length < 2} onClick={() => void put(list.filter((_, at) => at !== index))}>×</button>
          </div>
        );
      })}
      <div><button type="button" onClick={() => void put([...list, another(list, variables)])}>+ Condition</button></div>
    </div>
  );
}
