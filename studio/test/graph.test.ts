import { expect, test } from 'vitest';
import type { Definition } from '../src/bot/definition';
import { entityTypesOf, fieldOfText, textOfField, wrongIn } from '../src/bot/entityTypes';
import { concerns, isDeadEnd, reached } from '../src/bot/graph';
import { valueOf, variablesIn } from '../src/bot/outputs';
import { conditionInWords, placeInWords } from '../src/bot/words';
import { laidOut, places } from '../src/screens/build/layout';
import { moved, removed, replaced } from '../src/screens/build/lists';
import { BEGINNINGS, bubbleOf, quickReply, shapeOf, targetOf, withTarget } from '../src/screens/build/says';
import { firstNode, renamed } from '../src/screens/bots/starts';
import { placeOf } from '../src/router';
import { readFileSync } from 'node:fs';

const BOT: Definition = {
  bot: 'b',
  nodes: {
    ASK: { label: 'Ask', start: true, user_says: ['where'], integration: { type: 'code' }, connections: [{ to: 'LATE', when: { all: [{ variable: 'state', equals: 'late' }, { variable: 'days', greater_than: 2 }] } }, { to: 'OFF' }] },
    LATE: { bot_says: [{ text: 'Late.', type: 'TEXT', data: { quick_replies: [quickReply('Yes')] } }] },
    ALONE: { bot_says: ['Hm.'] },
    OFF: { active: false, connections: [{ to: 'ALONE' }] },
  },
};

test('what is never reached and what leads nowhere is said in words', () => {
  expect([...reached(BOT)]).toEqual(['ASK', 'LATE']);
  expect(concerns(BOT, (name) => name).map(({ words }) => words)).toEqual([
    'LATE offers replies, but no connection waits for them.',
    'Nobody can reach ALONE: no connection leads to it.',
  ]);
  expect(isDeadEnd({ bot_says: ['Bye.'] })).toBe(false);
  expect(concerns({ nodes: { A: { start: true, bot_says: ['a'] } } }, (name) => name)[0]?.tab).toBe('says');
});

test('a condition reads as one says it', () => {
  const node = BOT.nodes!['ASK'];
  expect(conditionInWords(node!.connections![0]!, node)).toBe('when state is late and days is more than 2');
  expect(conditionInWords({ to: 'A' }, node)).toBe('otherwise');
  expect(conditionInWords({ to: 'A' }, {})).toBe('at once');
  expect(conditionInWords({ to: 'A', when: { any: [{ variable: 'a', exists: false }, { variable: 'b', empty: true }] } }, node)).toBe('when a is not there or b is empty');
  expect(conditionInWords({ to: 'A', user_says: [{ de: 'ja' }, 'yes'] }, {}, 'de')).toBe('when the user says “ja” (+1)');
  expect(conditionInWords({ to: 'A', entity: { a_b: { values: ['x', 'y'] }, c: { present: true } } }, {})).toBe('when a b is x or y and c is given');
});

test('the place of a problem is where people find it', () => {
  expect(placeInWords('nodes.ASK.connections[1].to', BOT)).toBe('Ask, connection 2, where it leads');
  expect(placeInWords('nodes.NOT_THERE.bot_says[0].text')).toBe('Not there, what the bot says 1, text');
  expect(placeInWords('entities.order_id.pattern')).toBe('entity order id, pattern');
  expect(placeInWords('code.ASK', BOT)).toBe('code of Ask');
  expect(placeInWords('')).toBe('');
});

test('nodes get places that do not lie upon each other, and keep their own', () => {
  const spots = [...laidOut(BOT).values()].map(({ x, y }) => `${x} ${y}`);
  expect(new Set(spots).size).toBe(4);
  const mixed = { nodes: { ...BOT.nodes, ASK: { ...BOT.nodes!['ASK'], position: { x: 5, y: 7 } } } };
  const at = places(mixed);
  expect(at.get('ASK')).toEqual({ x: 5, y: 7 });
  expect(new Set([...at.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  expect(laidOut({ nodes: { A: { connections: [{ to: 'A' }, { to: 'GONE' }] } } }).size).toBe(1);
});

test('bubbles keep what the fields do not know', () => {
  for (const bubble of ['Hi.', { en: 'Hi.', de: 'Hallo.' }, { text: 'a', type: 'TEXT', data: { quick_replies: [], x: 1 }, isNew: true }]) {
    const shape = shapeOf(bubble);
    expect(shape.kind).toBe('text');
    expect(shape.kind === 'text' && bubbleOf(shape)).toEqual(bubble);
  }
  expect(bubbleOf({ kind: 'text', text: 'a', replies: [quickReply('Yes')] })).toEqual({ text: 'a', type: 'TEXT', data: { quick_replies: [quickReply('Yes')] } });
  expect(shapeOf({ variants: ['a'] }).kind).toBe('variants');
  for (const { bubble } of BEGINNINGS) expect(shapeOf(bubble).kind).not.toBe((bubble as { type?: string }).type === 'FORM' ? 'items' : 'raw');
  expect(targetOf(withTarget({ x: 1 }, 'answer', 'yes'))).toEqual({ kind: 'answer', to: 'yes' });
  expect(targetOf({ type: 'APP_ACTION', uri: 'CALL' }).kind).toBe('other');
  for (const odd of [{}, { type: 'BUTTON', data: {} }, { type: 'CAROUSEL', data: { items: [{ title: 1 }] } }, { type: 'TEXT', data: { quick_replies: 'x' } }]) expect(shapeOf(odd).kind).toBe('raw');
});

test('an item of a list is found by what it was', () => {
  expect(replaced(['b', 'a'], 0, 'a', 'c')).toEqual(['b', 'c']);
  expect(replaced([{ a: 1, b: 2 }], 0, { a: 1, b: 1 }, { a: 3, b: 1 })).toEqual([{ a: 3, b: 2 }]);
  expect(() => replaced([{ a: 2 }], 0, { a: 1 }, { a: 3 })).toThrow('Somebody else');
  expect(removed(['a', 'a'], 1, 'a')).toEqual(['a']);
  expect(moved(['a', 'b', 'c'], 0, 'a', 1)).toEqual(['b', 'a', 'c']);
  expect(() => replaced(['x'], 0, 'a', 'b')).toThrow('Somebody else');
});

test('the types of entities are those of the schema, with their fields', () => {
  const types = entityTypesOf(JSON.parse(readFileSync('../server/src/main/resources/schemas/bot.json', 'utf8')) as Parameters<typeof entityTypesOf>[0]);
  const named = (type: string) => types.find((one) => one.type === type)!;
  expect(named('regex').fields).toMatchObject([{ name: 'pattern', required: true, kind: 'text' }]);
  expect(named('dictionary').fields[0]!.kind).toBe('words');
  expect(named('number').fields.map(({ kind }) => kind)).toEqual(['integer', 'integer']);
  expect(fieldOfText('words', 'large: big, l\nsmall')).toEqual({ large: ['big', 'l'], small: [] });
  expect(textOfField('words', { large: ['big', 'l'], small: [] })).toBe('large: big, l\nsmall');
  expect(fieldOfText('integer', '4')).toBe(4);
  expect(fieldOfText('text', '  ')).toBeUndefined();
  expect(wrongIn(named('regex').fields[0]!, '')).toBeDefined();
  expect(wrongIn(named('number').fields[0]!, 'x')).toBeDefined();
});

test('variables of an output are paths, and typed values are what they look like', () => {
  expect([...variablesIn({ a: { b: [{ c: 1 }] }, 'x.y': 1 }).keys()]).toEqual(['a', 'a.b', 'a.b.0', 'a.b.0.c']);
  expect(['2', '02', 'true', 'late', '', '1e3'].map(valueOf)).toEqual([2, '02', true, 'late', '', '1e3']);
});

test('a bot begins with a node that answers, or with a definition under its own address', () => {
  expect(firstNode('tea', 'Tea', '', '').nodes).toEqual({ WELCOME: { label: 'Welcome', start: true, user_says: ['hello'], bot_says: ['Hello, this is Tea.'] } });
  expect(Object.keys(firstNode('tea', 'Tea', 'order tea', 'Which?').nodes!)).toEqual(['ORDER_TEA']);
  expect(renamed('# mine\nbot: acme # here\nname: A\n', 'tea')).toEqual({ body: '# mine\nbot: "tea"\nname: A\n', type: 'application/yaml' });
  expect(renamed('name: A', 'tea').body).toBe('bot: "tea"\nname: A');
  expect(renamed('{"bot": "acme", "name": "A"}', 'tea')).toEqual({ body: '{"bot":"tea","name":"A"}', type: 'application/json' });
});

test('a panel has an address', () => {
  expect(placeOf('#/bots/b/build/ASK/ways')).toEqual({ screen: 'bot', bot: 'b', node: 'ASK', tab: 'ways' });
});
