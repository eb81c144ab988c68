import { expect, test } from 'vitest';
import { dependents, drawn, entityName, withCode, withConnection, withCopyOf, withName, withNode, withoutNodes } from '../src/bot/changes';
import { clipIn, clipOf, withClip } from '../src/bot/clip';
import type { Definition } from '../src/bot/definition';
import { recorded, redone, undone } from '../src/bot/history';
import { patchOf, patched, suffices } from '../src/bot/patch';

const BOT: Definition = {
  bot: 'b',
  entities: { order: { type: 'text' } },
  nodes: {
    ASK: { label: 'Ask', start: true, user_says: ['where'], integration: { type: 'code' }, connections: [{ to: 'LATE', when: { all: [{ variable: 'x', equals: 1 }] } }, { to: 'ASK', user_says: ['again'] }] },
    LATE: { bot_says: ['Late.'], connections: [{ to: 'ASK', user_says: ['retry'] }] },
    END: { bot_says: ['Bye.'], end: true },
  },
  code: { ASK: 'x = 1' },
  samples: { ASK: { default: { node: 'ASK', entities: {} } } },
};

test('a new system name is followed by connections, code and samples, and the order stays', () => {
  const now = withName('ASK', 'FIND')(BOT);
  expect(Object.keys(now.nodes!)).toEqual(['FIND', 'LATE', 'END']);
  expect(now.nodes!['LATE']!.connections![0]!.to).toBe('FIND');
  expect(now.nodes!['FIND']!.connections!.map(({ to }) => to)).toEqual(['LATE', 'FIND']);
  expect(now.code).toEqual({ FIND: 'x = 1' });
  expect(now.samples).toEqual({ FIND: { default: { node: 'FIND', entities: {} } } });
  expect(JSON.stringify(now)).not.toContain('"ASK"');
});

test('a deleted node takes the connections to it along, and says so before', () => {
  expect(dependents(BOT, 'ASK')).toEqual(['the connection from Late', 'its code', 'its sample input']);
  const now = withoutNodes(['ASK'])(BOT);
  expect(now.nodes).toEqual({ LATE: { bot_says: ['Late.'] }, END: BOT.nodes!['END'] });
  expect(dependents(BOT, 'END')).toEqual([]);
});

test('a copy stands beside, with code and samples of its own', () => {
  const { name, definition } = withCopyOf(withNode('ASK', { position: { x: 10, y: 20 } })(BOT), 'ASK');
  expect(name).toBe('ASK_COPY');
  expect(definition.nodes![name]).toMatchObject({ label: 'Ask copy', position: { x: 50, y: 60 } });
  expect(definition.code![name]).toBe('x = 1');
  expect(definition.samples![name]!['default']).toMatchObject({ node: 'ASK_COPY' });
});

test('a line that is drawn is the default where there is none, and otherwise something to be filled in', () => {
  expect(drawn(BOT.nodes!['ASK'], 'END', 'End')).toEqual({ to: 'END' });
  expect(drawn({ integration: { type: 'code' }, connections: [{ to: 'LATE' }] }, 'END', 'End')).toHaveProperty('when');
  expect(drawn(BOT.nodes!['LATE'], 'END', 'The end')).toEqual({ to: 'END', user_says: ['the end'] });
  expect(drawn({}, 'END', 'End')).toEqual({ to: 'END' });
  const ruled = withNode('ASK', { connections: [{ to: 'LATE' }] })(BOT);
  expect(withConnection('ASK', { to: 'END', user_says: ['x'] })(ruled).nodes!['ASK']!.connections!.map(({ to }) => to)).toEqual(['END', 'LATE']);
});

test('a node that is gone takes no change', () => {
  expect(() => withNode('NONE', { end: true })(BOT)).toThrow();
  expect(() => withName('NONE', 'X')(BOT)).toThrow();
});

test('code that is there is not replaced by the first code', () => {
  expect(withCode('ASK', 'new')(BOT).code).toEqual({ ASK: 'x = 1' });
  expect(withCode('END', 'new')(BOT)).toMatchObject({ code: { ASK: 'x = 1', END: 'new' }, samples: { END: { default: { node: 'END' } } } });
});

test('names of entities are made of words', () => {
  expect(entityName('Order number!', [])).toBe('order_number');
  expect(entityName('2 Größe', ['gro_e'])).toMatch(/^gro/);
  expect(entityName('Order', ['order'])).toBe('order_2');
  expect(entityName('日本', [])).toBe('value');
});

test('a patch says what changed, and brings it', () => {
  for (const change of [withName('ASK', 'FIND'), withoutNodes(['LATE']), withNode('END', { end: undefined }), withCode('END', 'y')]) {
    const wanted = change(BOT);
    expect(patched(BOT, patchOf(BOT, wanted))).toEqual(wanted);
  }
  expect(patchOf(BOT, { ...BOT })).toEqual({});
  expect(patchOf(BOT, withNode('END', { label: 'E' })(BOT))).toEqual({ nodes: { END: { label: 'E' } } });
});

test('what a patch cannot say is where something new stands', () => {
  const named = withName('ASK', 'FIND')(BOT);
  expect(suffices(BOT, patchOf(BOT, named), named)).toBe(false);
  const labelled = withNode('END', { label: 'E' })(BOT);
  expect(suffices(BOT, patchOf(BOT, labelled), labelled)).toBe(true);
});

test('undo brings back what was, and leaves what others changed since', () => {
  const step = { before: BOT, after: withoutNodes(['ASK'])(BOT) };
  expect(undone(step.after, step)).toEqual(BOT);
  const others = withNode('END', { label: 'Theirs' })(step.after);
  const back = undone(others, step);
  expect(back.nodes!['ASK']).toEqual(BOT.nodes!['ASK']);
  expect(back.nodes!['END']!.label).toBe('Theirs');
  expect(redone(back, step).nodes).toEqual(others.nodes);
  expect(recorded({ past: [step], future: [step] }, { before: BOT, after: { ...BOT } }).future).toHaveLength(1);
  expect(recorded({ past: [step], future: [step] }, step)).toEqual({ past: [step, step], future: [] });
});

test('nodes go to another bot as text, with what they need, and lead only to what is there', () => {
  const clip = clipIn(JSON.stringify(clipOf({ ...BOT, nodes: { ...BOT.nodes, ASK: { ...BOT.nodes!['ASK'], entities: [{ entity: 'order' }] } } }, ['ASK', 'LATE'])))!;
  expect(clip.entities).toEqual({ order: { type: 'text' } });
  const { names, definition } = withClip({ bot: 'o', nodes: { ASK: {} }, entities: { order: { type: 'email' } } }, clip);
  expect(names).toEqual(['ASK_2', 'LATE']);
  expect(definition.nodes!['LATE']!.connections).toEqual([{ to: 'ASK_2', user_says: ['retry'] }]);
  expect(definition.entities).toEqual({ order: { type: 'email' } });
  expect(definition.code).toEqual({ ASK_2: 'x = 1' });
  expect(definition.samples!['ASK_2']!['default']).toMatchObject({ node: 'ASK_2' });
  expect(withClip({ bot: 'o' }, clipOf(BOT, ['LATE'])).definition.nodes!['LATE']!.connections).toEqual([]);
  expect(['', 'x', '{}', '{"nodes": 1}', '{"nodes": {"A": 1}}'].map(clipIn)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
