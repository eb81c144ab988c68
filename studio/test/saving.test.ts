import { expect, test } from 'vitest';
import { ApiError } from '../src/api/client';
import { Conflict, save } from '../src/shared/saving';

/** A server that holds one text and any number of other things, all under one revision. */
function server(text: string) {
  let revision = 1;
  const there = {
    text,
    read: async () => ({ text: there.text, revision: String(revision) }),
    write: async (mine: string, wanted: string) => {
      if (wanted !== String(revision)) throw new ApiError(412, 'stale', 'Stale', '');
      there.text = mine;
      return { revision: String(++revision), result: null };
    },
    others: (now?: string) => {
      revision++;
      if (now !== undefined) there.text = now;
    },
  };
  return there;
}

test('a change of something else is no conflict', async () => {
  const there = server('base');
  there.others();
  expect((await save(there, 'base', 'mine', '1')).revision).toBe('3');
  expect(there.text).toBe('mine');
});

test('a change of the same is a conflict that tells both, and overwrites nothing', async () => {
  const there = server('base');
  there.others('theirs');
  const conflict = await save(there, 'base', 'mine', '1').catch((error: unknown) => error);
  expect(conflict).toBeInstanceOf(Conflict);
  expect(conflict).toMatchObject({ base: 'base', theirs: 'theirs', mine: 'mine', revision: '2' });
  expect(there.text).toBe('theirs');
});

test('the same change made twice is no conflict', async () => {
  const there = server('base');
  there.others('mine');
  await save(there, 'base', 'mine', '1');
  expect(there.text).toBe('mine');
});

test('any other refusal is told as it is', async () => {
  const refusing = { ...server('x'), write: () => Promise.reject(new ApiError(413, 'too_large', 'Too large', '')) };
  await expect(save(refusing, 'x', 'y', '1')).rejects.toMatchObject({ code: 'too_large' });
});

test('it gives up where others save without end', async () => {
  const busy = server('base');
  const racing = { ...busy, write: async () => { throw new ApiError(412, 'stale', 'Stale', ''); } };
  await expect(save(racing, 'base', 'mine', '1')).rejects.toMatchObject({ code: 'stale' });
});
