/** What the kernel saw: no answer leaves before the disk has its event. Skipped where `strace` is not installed. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import type { Ready } from '../bench/servers/report-usage.ts';
import { sendLoad } from '../support/load.ts';

const canTrace = (() => {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const requests = 40;

test.skipIf(!canTrace)(
  'every answer leaves after the file was flushed to the disk since the answer before it',
  async () => {
    expect(answersIn(await tracedCalls('full'))).toEqual({ answers: requests, afterFlush: requests });
  },
  120_000,
);

test.skipIf(!canTrace)(
  'and the same look at a server that may lose events finds answers without a flush',
  async () => {
    const { answers, afterFlush } = answersIn(await tracedCalls('normal'));
    expect(answers).toBe(requests);
    expect(afterFlush).toBeLessThan(requests);
  },
  120_000,
);

/** The server's calls while events come one by one, in the order in which the kernel ended them. */
async function tracedCalls(durability: 'full' | 'normal'): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-fsync-'));
  const calls = path.join(folder, 'calls');
  const server = path.join(packageRoot, 'dist/test/bench/servers/footlight.js');
  const watch = ['-f', '-s', '32', '-e', 'trace=write,writev,fsync,fdatasync', '-o', calls];
  try {
    const child = spawn('strace', [...watch, process.execPath, server, folder, durability], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [{ port, key = '' }] = (await once(child, 'message')) as [Ready];
    const load = await sendLoad({
      url: `http://127.0.0.1:${port}/e`,
      connections: 1,
      requests,
      body: (number) =>
        JSON.stringify({
          v: 1,
          site: key,
          visitor: 'visitor-one',
          events: [{ id: `event-of-${number}`, type: 'page', url: `https://www.lumen.example/${number}` }],
        }),
    });
    expect(load.acknowledged).toBe(requests);
    const exited = once(child, 'exit');
    child.disconnect();
    child.kill();
    await exited;
    return (await readFile(calls, 'utf8')).split('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function answersIn(calls: readonly string[]): { answers: number; afterFlush: number } {
  let answers = 0;
  let afterFlush = 0;
  let isFlushed = false;
  for (const call of calls) {
    if (/(\bfsync|\bfdatasync)(\(\d+\)| resumed>.*\))\s+= 0/.test(call)) isFlushed = true;
    if (!call.includes('HTTP/1.1 204')) continue;
    answers += 1;
    if (isFlushed) afterFlush += 1;
    isFlushed = false;
  }
  return { answers, afterFlush };
}
