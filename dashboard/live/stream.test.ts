import { expect, test } from 'vitest';
import { openEventStream } from './stream.ts';

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  return new TextDecoder().decode((await reader.read()).value);
}

test('an event is written as browsers read it, each line of its data by itself', async () => {
  const stream = openEventStream(() => undefined);
  stream.send('moment', 'one\ntwo');
  stream.beat();
  const reader = stream.body.getReader();
  expect(await next(reader)).toBe('retry: 3000\n\n');
  expect(await next(reader)).toBe('event: moment\ndata: one\ndata: two\n\n');
  expect(await next(reader)).toBe(': still here\n\n');
  stream.close();
  expect((await reader.read()).done).toBe(true);
});

test('a viewer that reads nothing is let go, with all that waited for it', async () => {
  let ended = 0;
  const stream = openEventStream(() => {
    ended += 1;
  });
  const large = 'x'.repeat(100_000);
  stream.send('moment', large);
  stream.send('moment', large);
  expect(ended).toBe(0);
  stream.send('moment', large);
  stream.send('moment', large);
  expect(ended).toBe(1);
  await expect(stream.body.getReader().read()).rejects.toThrow('too slowly');
  stream.send('moment', large);
  stream.close();
  expect(ended).toBe(1);
});

test('a viewer that reads is never let go, however much it is told', async () => {
  let ended = 0;
  const stream = openEventStream(() => {
    ended += 1;
  });
  const reader = stream.body.getReader();
  await next(reader);
  for (let count = 0; count < 20; count++) {
    stream.send('moment', 'x'.repeat(100_000));
    await next(reader);
  }
  expect(ended).toBe(0);
});

test('who leaves is told of once', async () => {
  let ended = 0;
  const stream = openEventStream(() => {
    ended += 1;
  });
  await stream.body.cancel();
  stream.send('moment', 'x');
  stream.close();
  expect(ended).toBe(1);
});
