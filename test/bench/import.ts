/** What a row of an access log costs, beside only reading the file, in turns. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportCost } from './servers/import.ts';

export interface ImportResult {
  name: string;
  rows: number;
  rowsPerCpuSecond: number;
  rowsPerSecond: number;
}

const rounds = 3;
const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
];

export async function benchImport(rows = 200_000): Promise<ImportResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-import-'));
  try {
    const log = path.join(folder, 'access.log');
    await writeFile(log, Array.from({ length: rows }, (_, number) => line(number, rows)).join(''));
    const samples = new Map<'bare' | 'ours', ImportCost[]>([
      ['bare', []],
      ['ours', []],
    ]);
    for (let round = 0; round < rounds; round += 1)
      for (const [what, costs] of samples)
        costs.push(await run(what, path.join(folder, `data-${round}`), log));
    return [...samples].map(([what, costs]) => {
      const [median] = costs.sort((a, b) => a.cpuUs - b.cpuUs).slice(rounds >> 1);
      if (median === undefined) throw new Error('nothing was measured');
      return {
        name: what === 'bare' ? 'reading the lines' : 'importing them',
        rows: median.rows,
        rowsPerCpuSecond: (median.rows / median.cpuUs) * 1e6,
        rowsPerSecond: median.rows / median.seconds,
      };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(what: 'bare' | 'ours', dataDir: string, log: string): Promise<ImportCost> {
  const child = fork(fileURLToPath(new URL('./servers/import.js', import.meta.url)), [what, dataDir, log]);
  const exited = once(child, 'exit');
  const [cost] = await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error(`the import of ${log} ended early`))),
  ]);
  await exited;
  return cost as ImportCost;
}

/** Two months of a site: some 20,000 addresses, visits of four pages. */
function line(number: number, rows: number): string {
  const visit = Math.floor(number / 4);
  const address = (visit * 7_919) % 20_000;
  const at = new Date(Date.UTC(2026, 4, 1) + Math.floor((number / rows) * 60 * 86_400_000));
  const [, month = '', dayOfMonth = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  const referrer = number % 4 === 0 ? 'https://www.google.com/' : 'https://www.lumen.example/';
  return `203.0.${address >> 8}.${address & 255} - - [${month}/${dayOfMonth}/${year}:${time} +0000] "GET /page-${(visit + number) % 500} HTTP/1.1" 200 5123 "${referrer}" "${browsers[address % browsers.length]}"\n`;
}
