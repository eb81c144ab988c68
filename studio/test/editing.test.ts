import { expect, test } from 'vitest';
import { ApiError } from '../src/api/client';
import { edited, type Held } from '../src/bot/editing';

/** A server with one bot, which `others` change. */
function server() {
  let now: Held = { definition: { bot: 'b', limits: { memory: '1MiB' } }, revision: '1' };
  const seen: string[] = [];
  return {
    seen: (held: Held) => void seen.push(held.revision),
    read: async () => now,
    write: async (definition: Held['definition'], { revision }: Held) => {
      if (revision !== now.revision) throw new ApiError(412, 'stale', 'Stale', '');
      now = { definition, revision: String(Number(revision) + 1) };
      return now;
    },
    others: (memory: string) => {
      now = { definition: { ...now.definition, limits: { ...now.definition.limits, memory } }, revision: String(Number(now.revision) + 1) };
    },
    at: () => now,
    log: seen,
  };
}

const timeout = (d: Held['definition']) => ({ ...d, limits: { ...d.limits, code_timeout: '5s' } });

test('a change is made upon what others saved meanwhile', async () => {
  const there = server();
  const held = there.at();
  there.others('2MiB');
  expect((await edited(there, held, timeout)).definition.limits).toEqual({ memory: '2MiB', code_timeout: '5s' });
  expect(there.log).toEqual(['2']);
});

test('a change that does not fit what others made writes nothing, and that is seen', async () => {
  const there = server();
  const held = there.at();
  there.others('2MiB');
  const fits = (d: Held['definition']) => {
    if (d.limits?.memory !== '1MiB') throw new Error('does not fit');
    return timeout(d);
  };
  await expect(edited(there, held, fits)).rejects.toThrow('does not fit');
  expect(there.at().definition.limits).toEqual({ memory: '2MiB' });
  expect(there.log).toEqual(['2']);
});

test('a refusal is told as it is, and it gives up where others save without end', async () => {
  const refusing = { ...server(), write: () => Promise.reject(new ApiError(422, 'invalid_content', 'Invalid', '')) };
  await expect(edited(refusing, refusing.at(), timeout)).rejects.toMatchObject({ code: 'invalid_content' });
  const busy = { ...server(), write: () => Promise.reject(new ApiError(412, 'stale', 'Stale', '')) };
  await expect(edited(busy, busy.at(), timeout)).rejects.toMatchObject({ code: 'stale' });
});

test('what is refused only for what others have mended since is made anew', async () => {
  const there = server();
  const held = there.at();
  const strict = {
    ...there,
    write: (definition: Held['definition'], upon: Held) =>
      definition.limits?.memory === '1MiB' ? Promise.reject(new ApiError(422, 'invalid_content', 'Invalid', '')) : there.write(definition, upon),
  };
  there.others('2MiB');
  expect((await edited(strict, held, timeout)).definition.limits).toEqual({ memory: '2MiB', code_timeout: '5s' });
});
