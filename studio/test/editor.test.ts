import { expect, test } from 'vitest';
import { wantedAt } from '../src/editor/completions';

test('entities are offered where their names belong', () => {
  expect(wantedAt('x = payload.entities.get("ord')).toEqual({ wanted: 'entity', typed: 'ord' });
  expect(wantedAt("x = body['entities']['")).toEqual({ wanted: 'entity', typed: '' });
  expect(wantedAt('payload["env_variables"]["CR').wanted).toBe('variable');
  expect(wantedAt('entities["')).toEqual({ wanted: 'entity', typed: '' });
});

test('variables are offered where theirs belong', () => {
  expect(wantedAt('payload.env_variables["CRM')).toEqual({ wanted: 'variable', typed: 'CRM' });
  expect(wantedAt('payload.env_variables.get("')).toEqual({ wanted: 'variable', typed: '' });
});

test('builders are offered for a name, but not behind a dot, in a text or in a comment', () => {
  expect(wantedAt('    return rep')).toEqual({ wanted: 'name', typed: 'rep' });
  expect(wantedAt('payload.rep').wanted).toBeUndefined();
  expect(wantedAt('"rep').wanted).toBeUndefined();
  expect(wantedAt('# rep').wanted).toBeUndefined();
});
