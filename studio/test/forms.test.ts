import { expect, test } from 'vitest';
import { namedBy } from '../src/bot/definition';
import { apiForm, formOf, withForm } from '../src/screens/api/form';
import { freeName, fromWhen, replacedIn } from '../src/screens/api/newSecret';
import { keptOf, linesOf, saysOf } from '../src/screens/api/says';
import { limitsForm } from '../src/screens/setup/limitsForm';

const RICH = { en: 'First', hi: 'पहला' };

test('bubbles whose lines are the same stay as they are written', () => {
  for (const was of [undefined, 'one', ['a', RICH, ' b '], [RICH, 'Second'], [], ['two\nlines', 'x'], RICH]) {
    expect(saysOf(linesOf(was), was)).toBe(was);
    expect(saysOf(`\n ${linesOf(was)} \n`, was)).toBe(was);
  }
});

test('other lines leave what is no plain line in its place', () => {
  expect(saysOf('2nd', [RICH, 'Second'])).toEqual([RICH, '2nd']);
  expect(saysOf('a\nB\nc', ['a', RICH, 'b', 'c'])).toEqual(['a', RICH, 'B', 'c']);
  expect(saysOf('a\nb', ['a', RICH])).toEqual(['a', RICH, 'b']);
  expect(saysOf('a\nb\nc', ['a', 'c', RICH])).toEqual(['a', 'b', 'c', RICH]);
  expect(saysOf('c', ['a', 'b', RICH, 'c'])).toEqual([RICH, 'c']);
  expect(saysOf('x\ny\nz', ['a', RICH, 'b', 'two\nlines'])).toEqual(['x', RICH, 'y', 'z', 'two\nlines']);
  expect(saysOf('', ['a', RICH, 'b', { variants: ['v'] }])).toEqual([RICH, { variants: ['v'] }]);
  expect(saysOf('', ['a'])).toBeUndefined();
});

test('what is no plain line is told, with its place and what more it has', () => {
  expect(keptOf([RICH, 'Second', { variants: ['a', 'b'] }, { type: 'BUTTON', text: 'Choose' }, 'two\nlines', 5], 'en')).toEqual([
    { place: 1, words: 'First', more: 'en, hi' }, { place: 3, words: 'a', more: '2 variants' },
    { place: 4, words: 'Choose', more: 'BUTTON' }, { place: 5, words: 'two\nlines', more: 'several lines' },
    { place: 6, words: '', more: 'of unknown kind' },
  ]);
});

test('one changed field of an API leaves every other as it is written', () => {
  const bot = { bot: 'b', nodes: { N: { integration: { type: 'api' as const, path: '/x', headers: { 'X-A': 'b ' }, response_before: [RICH, 'Second'] } } } };
  const changed = withForm(bot, 'N', { ...formOf(bot, 'N'), path: '/y' });
  expect(changed.nodes!['N']!.integration).toEqual({ ...bot.nodes.N.integration, path: '/y' });
});

test('every value of a form stands in one of its fields', () => {
  const keys = (form: { fields: { keys: PropertyKey[] }[] }) => form.fields.flatMap((field) => field.keys).sort();
  expect(keys(apiForm('N'))).toEqual(Object.keys(formOf({ bot: 'b' }, 'N')).sort());
  expect(keys(limitsForm('N'))).toEqual(Object.keys(limitsForm('N').part({ bot: 'b' })).sort());
});

test('what is typed for an integration that has gone is refused, not dropped', () => {
  const gone = { bot: 'b', nodes: { N: { integration: { type: 'code' as const } } } };
  expect(() => withForm(gone, 'N', formOf(gone, 'N'))).toThrow('node N');
  expect(() => limitsForm('M').change(gone, limitsForm('M').part(gone))).toThrow('node M');
  expect(limitsForm('N').change(gone, { ...limitsForm('N').part(gone), own: '5s' }).nodes?.['N']?.integration).toEqual({ type: 'code', timeout: '5s' });
});

test('a variable is named by what signs with it, and in any text', () => {
  const api = { type: 'api' as const, secret: 'KEY' };
  const bot = { nodes: { A: { integration: api }, B: { bot_says: ['at [[ KEY ]]'] }, C: { bot_says: ['KEY', '[[KEYS]]'] } }, base_url: { staging: 'https://[[HOST]]' } };
  expect(namedBy(bot, 'KEY')).toEqual({ nodes: ['A', 'B'], base: false });
  expect(namedBy(bot, 'HOST')).toEqual({ nodes: [], base: true });
});

test('a new secret takes the name of no variable, and what it replaces is known', () => {
  expect(freeName(['API_SECRET', 'X'])).toBe('API_SECRET_2');
  const variable = { name: 'S', secret: true, declared: true, set: { staging: false, production: true } };
  expect([replacedIn('staging', variable), replacedIn('both', variable), replacedIn('both', undefined)]).toEqual([[], ['production'], []]);
  expect(fromWhen('both', 'S', true)).toContain('in staging and production');
  expect(fromWhen('both', 'S', true)).toContain('next call');
});
