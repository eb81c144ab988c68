import { expect, test } from 'vitest';
import { nameFor, withCopy, withEmpty } from '../src/screens/choose/begin';
import type { Definition } from '../src/bot/definition';

const SHOP: Definition = {
  bot: 'shop', base_url: { staging: 'https://s.example' }, egress: { allow: ['127.0.0.1'], public: false },
  variables: { KEY: { secret: true } }, entities: { order: { type: 'regex' } },
  nodes: {
    ASK: { label: 'Ask', user_says: ['where is it'], integration: { type: 'code' }, connections: [{ to: 'FOUND', when: { all: [] } }, { to: 'CALL' }] },
    FOUND: { bot_says: ['There.'], connections: [{ to: 'ASK' }] },
    CALL: { integration: { type: 'api', path: '/x' } },
    OTHER: { bot_says: ['Not reached.'] },
  },
  code: { ASK: 'def main(event, context): ...', OTHER: 'x' }, samples: { ASK: { default: {} }, OTHER: { default: {} } },
};
const ASK = { label: 'Ask', node: 'ASK', from: SHOP };

test('an empty integration begins with what the bot has', () => {
  expect(withEmpty({ bot: 'b' }, 'api', { label: '', says: '' }).nodes!['MY_INTEGRATION'])
    .toMatchObject({ label: 'My integration', start: true, user_says: ['hello'], integration: { url: 'https://api.example.com/answer' } });
  expect(withEmpty({ bot: 'b', base_url: { staging: 'https://b.example' } }, 'api', { label: 'Pay', says: '' }).nodes!['PAY'])
    .toMatchObject({ user_says: ['pay'], integration: { path: '/answer' } });
  expect(withEmpty({ bot: 'b' }, 'code', { label: 'Pay', says: 'let me pay' }).code).toHaveProperty('PAY');
});

test('a copy brings along what it leads to and what these need, and nothing else', () => {
  const made = withCopy({ bot: 'b' }, ASK, { label: '', says: '' });
  expect(Object.keys(made.nodes!)).toEqual(['ASK', 'FOUND', 'CALL']);
  expect(made).toMatchObject({ bot: 'b', base_url: SHOP.base_url, egress: SHOP.egress, variables: SHOP.variables, entities: SHOP.entities });
  expect(made.nodes!['ASK']).toMatchObject({ start: true, user_says: ['where is it'] });
  expect([Object.keys(made.code!), Object.keys(made.samples!)]).toEqual([['ASK'], ['ASK']]);
});

test('names that are taken become others, and what the bot has stays', () => {
  const own: Definition = {
    bot: 'b', base_url: { staging: 'https://own.example' }, egress: { allow: ['a.example'], public: true }, entities: { order: { type: 'number' } },
    nodes: { ASK: { bot_says: ['Mine.'] }, FOUND: { bot_says: ['Mine.'] } },
  };
  const made = withCopy(own, ASK, { label: '', says: 'hey' });
  expect(nameFor(own, { label: '' }, ASK)).toBe('ASK_2');
  expect(made.nodes!['ASK_2']!.connections!.map((one) => one['to'])).toEqual(['FOUND_2', 'CALL']);
  expect(made.nodes!['FOUND_2']!.connections).toEqual([{ to: 'ASK_2' }]);
  expect(made.nodes!['ASK']).toEqual({ bot_says: ['Mine.'] });
  expect(made.code).toHaveProperty('ASK_2');
  expect(made).toMatchObject({ base_url: own.base_url, entities: own.entities, egress: { allow: ['a.example', '127.0.0.1'], public: true } });
});
