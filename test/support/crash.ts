/** Ends a server in the middle of a load, again and again, and looks at what is on the disk afterwards. */
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { sendLoad } from './load.ts';
import { runProgram, serveProgram } from './process.ts';

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
}

/** One result a round, over one data folder. */
export async function* crash(options: CrashOptions): AsyncGenerator<CrashRound> {
  const { dataDir, rounds, killAfter, connections } = options;
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
      body: (number) => batch(key, round, number),
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
    yield {
      acknowledged: acknowledged.length,
      perSecond: Math.round(acknowledged.length / load.seconds),
      missing: acknowledged.filter((number) => !stored.has(`/round-${round}/${number}`)).length,
      doubled: [...stored.values()].filter((count) => count > 1).length,
      unanswered: stored.size - acknowledged.length,
      verify: verified.ok,
    };
  }
}

function batch(key: string, round: number, number: number): string {
  return JSON.stringify({
    v: 1,
    site: key,
    visitor: `visitor-${round}-${number % 500}`,
    events: [
      {
        id: `event-${round}-${number}`,
        type: 'page',
        url: `https://www.lumen.example/round-${round}/${number}`,
        title: 'A page',
      },
    ],
  });
}
