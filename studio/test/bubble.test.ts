import { readdirSync, readFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Bubble } from '../src/hsl/Bubble';

const GOLDEN = new URL('../../server/src/test/resources/golden/hsl/', import.meta.url);
const drawn = (element: unknown) => renderToStaticMarkup(createElement(Bubble, { element, onChoose: () => {} }));

test('every element of the contract is drawn, and none as one of an unknown type', () => {
  const files = readdirSync(GOLDEN).filter((file) => file.endsWith('.json'));
  expect(files.length).toBeGreaterThan(12);
  for (const file of files) {
    const element = JSON.parse(readFileSync(new URL(file, GOLDEN), 'utf8'));
    const shown = drawn(element);
    expect(shown, file).not.toContain('<summary>');
    if (typeof element.text === 'string' && /^\w[\w ]*$/.test(element.text)) expect(shown, file).toContain(element.text);
  }
});

test('a form has its fields in order, a list its items, a receipt its rows', () => {
  const of = (file: string) => drawn(JSON.parse(readFileSync(new URL(file, GOLDEN), 'utf8')));
  expect(of('form.json')).toMatch(/Your details.*Name.*Birthday/s);
  expect(of('tab-list.json')).toMatch(/Prepaid.*1 GB.*99/s);
  expect(of('receipt.json')).toMatch(/Paid.*Pen/s);
});

test('parts of a wrong type, and types that nobody knows, are shown as they came', () => {
  const odd: unknown[] = [null, 5, [], {}, 'words', { type: 'TEXT', data: 5 }, { type: 'NEWS', text: 'hot' }, { type: 'constructor' }, { type: ['TEXT'] },
    { type: 'BUTTON', data: { items: 'none' } }, { type: 'CAROUSEL', data: { items: [null, 5, { thumbnail: 7, actionables: {} }] } },
    { type: 'FORM', data: { fields: [{ options: [null, { title: {} }] }, 5] } }, { type: 'TAB_LIST', data: { tabs: [{ tab_items: 4 }] } }];
  for (const element of odd) expect(drawn(element)).toContain('bubble');
});

test('an object where a number belongs does not take the page down', () => {
  const odd = { toString: 1, valueOf: 1 };
  expect(drawn({ type: 'IMAGE', data: { image_aspect_ratio: odd, items: [{ title: 'a card' }] } })).toContain('a card');
  expect(drawn({ type: 'FORM', data: { fields: [{ key: 'one', order: odd }, { key: 'two', order: odd }] } })).toContain('two');
});

test('marks become what they mean, and HTML stays text', () => {
  expect(drawn('*bold* ~old~ _so_ `under` snake_case_name 2*3')).toContain('<strong>bold</strong> <s>old</s> <em>so</em> <u>under</u> snake_case_name 2*3');
  expect(drawn({ type: 'TEXT', text: '<img src=x onerror=alert(1)>', data: {} })).not.toContain('<img');
  expect(drawn({ type: 'BUTTON', text: 'x', data: { items: [{ actionable_text: 'a', uri: 'LINK', payload: { url: 'javascript:alert(1)' } }] } })).not.toContain('javascript:');
});

test('a form field may be called as parts of every object are', () => {
  expect(drawn({ type: 'FORM', title: 'x', data: { fields: [{ key: 'constructor' }, { key: '__proto__' }, { key: 'toString', options: ['a'] }] } })).not.toContain('function');
});

test('the items of a receipt are rows, and only what can be tapped is a button', () => {
  const items = [{ name: 'Pen', price: 1 }, { actionable_text: 'Pay', payload: { message: 'pay' } }];
  const shown = drawn({ type: 'RECEIPT', text: 'x', data: { items } });
  expect(shown).toContain('<dt>Pen</dt>');
  expect(shown.match(/<button/g)).toHaveLength(1);
  expect(drawn({ type: 'RECEIPT', text: 'x', data: { items: items.slice(0, 1) } })).not.toContain('<button');
});
