import { expect, test } from 'vitest';
import { openRepeats } from './idempotency.ts';

const day = 24 * 3_600_000;

function counting(clock: { now: number }) {
  const repeats = openRepeats(() => clock.now);
  let runs = 0;
  const call = async (name: string, body: unknown = {}, text = '') => {
    const response = await repeats.once(1, name, [body], async () => {
      runs += 1;
      return Response.json({ run: runs, text }, { status: 201 });
    });
    return { status: response.status, ...((await response.json()) as { run: number }) };
  };
  return { call, runs: () => runs };
}

test('an answer is given again for a day, and no longer', async () => {
  const clock = { now: 0 };
  const { call } = counting(clock);
  const first = await call('a');
  expect(first).toMatchObject({ status: 201, run: 1 });
  clock.now += day - 1;
  expect(await call('a')).toEqual(first);
  clock.now += 1;
  expect(await call('a')).toMatchObject({ run: 2 });
});

test('of very many names the oldest are forgotten', async () => {
  const { call } = counting({ now: 0 });
  for (let name = 0; name <= 1_001; name += 1) await call(`name-${name}`);
  expect(await call('name-1001')).toMatchObject({ run: 1_002 });
  expect(await call('name-0')).toMatchObject({ run: 1_003 });
});

test('a long answer, which only a read has, is not kept', async () => {
  const { call, runs } = counting({ now: 0 });
  await call('long', {}, 'x'.repeat(20_000));
  await call('long', {}, 'x'.repeat(20_000));
  expect(runs()).toBe(2);
});

test('a name that stood for another call is refused, and nothing is done', async () => {
  const { call, runs } = counting({ now: 0 });
  await call('a', { text: 'one' });
  await expect(call('a', { text: 'two' })).rejects.toThrow('another call before');
  expect(runs()).toBe(1);
});
