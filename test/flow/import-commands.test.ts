/** Files given to the built program as a user gives them. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { runProgram } from '../support/process.ts';

const cli = path.join(packageRoot, 'dist/collector/cli.js');
let data: string;

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'footlight-imports-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(args: string[], nodeOptions = ''): Promise<Ended> {
  const env = { PATH: process.env.PATH ?? '', FOOTLIGHT_LOG_LEVEL: 'error', NODE_OPTIONS: nodeOptions };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, '--data', data, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });
}

const answerOf = ({ stdout }: Ended) => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as unknown;

async function fileWith(content: string | Uint8Array, name = 'file.csv'): Promise<string> {
  const file = path.join(data, name);
  await writeFile(file, content);
  return file;
}

const calls = [
  'When;Who;About',
  '02/11/2026 10:00;kim@harbour-tools.com;Renewal',
  '02/11/2026 10:00;kim@gmail.com;Nobody',
  'someday;kim@harbour-tools.com;Never',
].join('\n');
const mapped = [
  '--map',
  'Who=email',
  '--map',
  'About=title',
  '--date-order',
  'dmy',
  '--time-zone',
  'Europe/Berlin',
];

describe('import events', () => {
  test('takes in touchpoints, packed or not, once; says what became of every row; and takes them back', async () => {
    await runProgram(data, 'site', 'add', 'lumen.example');
    const plain = await fileWith(calls);
    const packed = await fileWith(gzipSync(calls), 'file.csv.gz');
    const first = await run(['import', 'events', plain, ...mapped, '--kind', 'call', '--json']);
    expect(answerOf(first)).toEqual({
      read: 3,
      stored: 1,
      duplicates: 0,
      dropped: { no_company: 1, bad_date: 1 },
    });
    expect(first.stderr).toContain('column "When" is at');
    expect(first.stderr).toContain(
      'line 3: "\\"kim@gmail.com\\" is nobody’s business address; fill in the company"',
    );
    expect(first.stderr).toContain('footlight import undo 1');
    const again = await run(['import', 'events', packed, ...mapped, '--kind', 'call', '--json']);
    expect(answerOf(again)).toMatchObject({ stored: 0, duplicates: 1 });
    expect(answerOf(await run(['verify', '--json']))).toEqual({ ok: true, differences: [] });
    expect(answerOf(await run(['import', 'undo', '1', '--json']))).toEqual({ id: 1, undone: true });
    const twice = await run(['import', 'undo', '1']);
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('undone already')]);
    const log = (await run(['import', 'list', '--json'])).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(log).toMatchObject([
      { id: 2, kind: 'touchpoints', fileName: 'file.csv.gz', duplicates: 1, undone: false },
      { id: 1, stored: 1, undone: true },
    ]);
    expect(answerOf(await run(['verify', '--json']))).toEqual({ ok: true, differences: [] });
  });

  test('reads an object a line', async () => {
    await runProgram(data, 'site', 'add', 'lumen.example');
    const lines = [
      { date: '2026-11-02', type: 'call', contact: { email: 'kim@harbour-tools.com' } },
      { date: 1 },
      'x',
    ];
    const file = await fileWith(lines.map((line) => JSON.stringify(line)).join('\n'), 'file.jsonl');
    expect(answerOf(await run(['import', 'events', file, '--json']))).toEqual({
      read: 3,
      stored: 1,
      duplicates: 0,
      dropped: { bad_date: 1, malformed: 1 },
    });
  });

  test.each([
    [['--map', 'Nope=email'], 'the file has no column "Nope" (it has: When, Who, About)'],
    [['--map', 'Who=shoe'], 'there is no field "shoe"; there are at, time, kind'],
    [['--map', 'Who'], 'write COLUMN=FIELD'],
    [['--time-zone', 'Middle/Earth'], '"Middle/Earth" is no time zone'],
    [['--site', 'no-such-key'], '"no-such-key" is not known'],
    [['--map', 'Who=skip'], 'no column says with whom it was'],
    [['--map', 'When=skip', '--map', 'Who=email'], 'no column says when it was'],
  ])('with %j says what is wrong, and stores nothing', async (options, says) => {
    await runProgram(data, 'site', 'add', 'lumen.example');
    const refused = await run(['import', 'events', await fileWith(calls), ...options]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(says)]);
    expect((await run(['import', 'list'])).stdout).toBe('');
  });

  test('asks for a site where there is none, or more than one', async () => {
    const file = await fileWith(calls);
    expect((await run(['import', 'events', file])).stderr).toContain('add one first: footlight site add');
    await runProgram(data, 'site', 'add', 'lumen.example');
    await runProgram(data, 'site', 'add', 'other.example');
    expect((await run(['import', 'events', file])).stderr).toContain('say which with --site KEY');
  });

  test('takes in a file that is larger than its heap of 64 MB', async () => {
    await runProgram(data, 'site', 'add', 'lumen.example');
    const note = 'x'.repeat(5_000);
    const rows = Array.from(
      { length: 16_000 },
      (_, row) => `2024-03-04 10:00,call,"Talk, ${row}",kim${row % 9_000}@company-${row % 900}.com,${note}`,
    );
    const file = await fileWith(`date,kind,subject,email,note\n${rows.join('\n')}\n`);
    const ended = await run(['import', 'events', file, '--json'], '--max-old-space-size=64');
    expect(ended.stderr).not.toContain('heap');
    expect(answerOf(ended)).toEqual({ read: 16_000, stored: 16_000, duplicates: 0, dropped: {} });
  }, 180_000);
});

test('import contacts takes in people, and says what became of every row', async () => {
  const file = await fileWith('email,name,role\nkim@harbour-tools.com,Kim,champion\nno-mail,Lee,\n');
  expect(answerOf(await run(['import', 'contacts', file, '--json']))).toEqual({
    read: 2,
    stored: 1,
    duplicates: 0,
    dropped: { bad_email: 1 },
  });
});
