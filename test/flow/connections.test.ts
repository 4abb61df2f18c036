/** What becomes of those who connect and say nothing, and of everybody else meanwhile. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningProgram, runProgram, serveProgram } from '../support/process.ts';

const token = 'a-token-for-the-numbers';
const most = 10_000;

let folder: string;
let server: RunningProgram;
let key: string;
let silent: net.Socket[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-connections-'));
  key = (JSON.parse(await runProgram(folder, 'site', 'add', 'lumen.example', '--json')) as { key: string })
    .key;
  server = await serveProgram(folder, { FOOTLIGHT_METRICS_TOKEN: token });
});
afterEach(async () => {
  for (const socket of silent) socket.destroy();
  silent = [];
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Connects and says nothing, in small groups: the kernel's own queue is short. */
async function openSilent(count: number): Promise<void> {
  while (silent.length < count) {
    const group = Array.from({ length: 50 }, () =>
      net.connect(Number(new URL(server.url).port), '127.0.0.1'),
    );
    await Promise.all(group.map((socket) => once(socket, 'connect')));
    for (const socket of group) socket.on('error', () => undefined).resume();
    silent.push(...group);
  }
}

const send = (id: string) =>
  fetch(`${server.url}/e`, {
    method: 'POST',
    headers: {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
    },
    body: JSON.stringify({
      v: 1,
      site: key,
      visitor: 'visitor-one',
      events: [{ id, type: 'page', url: 'https://www.lumen.example/' }],
    }),
  });

async function memory(): Promise<number> {
  const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8').catch(() => 'VmRSS: 0');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024;
}

test('ten thousand who say nothing keep nobody out, and one of them goes for each who comes', async () => {
  expect((await send('before-them')).status).toBe(204);
  const before = await memory();
  await openSilent(most);
  const first = once(silent[0] as net.Socket, 'close');
  expect((await send('among-them')).status).toBe(204);
  await first;
  // Some six kilobytes each, and not what a page takes.
  expect((await memory()) - before).toBeLessThan(most * 15_000);
  const metrics = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(
    Number(/^footlight_connections_ended_total (\d+)$/m.exec(await metrics.text())?.[1]),
  ).toBeGreaterThan(0);
}, 60_000);

test('who says nothing for long enough is let go', async () => {
  await openSilent(50);
  await Promise.all(silent.map((socket) => once(socket, 'close')));
}, 60_000);
