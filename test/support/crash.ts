/** Ends a server in the middle of a load, again and again, and looks at what is on the disk afterwards. */
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { sendLoad } from './load.ts';
import { runProgram, serveProgram } from './process.ts';

/** All counts are of events. */
export interface CrashRound {
  acknowledged: number;
  perSecond: number;
  /** Acknowledged and not on the disk. */
  missing: number;
  /** On the disk more than once. */
  doubled: number;
  /** On the disk though the answer never left: allowed, and sent again by a real browser. */
  unanswered: number;
  verify: boolean;
}

export interface CrashOptions {
  dataDir: string;
  rounds: number;
  /** Answers after which the process is killed. */
  killAfter: number;
  connections: number;
  eventsPerRequest: number;
}

/** One result a round, over one data folder. */
export async function* crash(options: CrashOptions): AsyncGenerator<CrashRound> {
  const { dataDir, rounds, killAfter, connections, eventsPerRequest } = options;
  const numbers = Array.from({ length: eventsPerRequest }, (_, index) => index);
  const added = await runProgram(dataDir, 'site', 'add', 'lumen.example', '--json');
  const { key } = JSON.parse(added) as { key: string };
  for (let round = 0; round < rounds; round += 1) {
    const server = await serveProgram(dataDir);
    const acknowledged: number[] = [];
    let killed: Promise<void> | null = null;
    const load = await sendLoad({
      url: `${server.url}/e`,
      connections,
      // More than will be answered: the kill ends it.
      requests: killAfter * 10,
      body: (number) => batch(key, round, number, numbers),
      onAcknowledged(number) {
        acknowledged.push(number);
        if (acknowledged.length === killAfter) killed = server.kill();
      },
    });
    await killed;

    const stored = new Map<string, number>();
    const file = new Sqlite(path.join(dataDir, 'footlight.db'));
    const rows = file
      .prepare<[string], { path: string; count: number }>(
        `select p.path, count(*) as count from event e join page p on p.id = e.page_id
         where p.path like ? group by p.path`,
      )
      .all(`/round-${round}/%`);
    file.close();
    for (const row of rows) stored.set(row.path, row.count);
    const verified = JSON.parse(await runProgram(dataDir, 'verify', '--json')) as { ok: boolean };
    const promised = acknowledged.flatMap((number) => numbers.map((index) => pathOf(round, number, index)));
    yield {
      acknowledged: promised.length,
      perSecond: Math.round(promised.length / load.seconds),
      missing: promised.filter((path) => !stored.has(path)).length,
      doubled: [...stored.values()].filter((count) => count > 1).length,
      unanswered: stored.size - promised.length,
      verify: verified.ok,
    };
  }
}

const pathOf = (round: number, number: number, index: number) => `/round-${round}/${number}/${index}`;

function batch(key: string, round: number, number: number, numbers: readonly number[]): string {
  return JSON.stringify({
    v: 1,
    site: key,
    visitor: `visitor-${round}-${number % 500}`,
    events: numbers.map((index) => ({
      id: `event-${round}-${number}-${index}`,
      type: 'page',
      url: `https://www.lumen.example${pathOf(round, number, index)}`,
      title: 'A page',
    })),
  });
}
