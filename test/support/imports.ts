/** Files given to a running server's rooms as the command line and the dashboard give them. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleOf } from '../../collector/receive/import/check.ts';
import { guessMapping, withChoices } from '../../collector/receive/import/mapping.ts';
import type { Refused } from '../../collector/receive/import/refusals.ts';
import { readRows } from '../../collector/receive/import/rows.ts';
import { startImport } from '../../collector/receive/import/run.ts';
import { type Settings, usualSettings } from '../../collector/receive/import/subject.ts';
import { type Rows, subjects } from '../../collector/receive/import/subjects.ts';
import { openTable } from '../../collector/receive/import/table.ts';
import type { ImportCounts, ImportKind } from '../../collector/store/imports.ts';
import type { TestServer } from './server.ts';

export interface ImportWish {
  settings?: Partial<Settings>;
  map?: Record<string, string>;
}

/** A file with this content, in a folder of its own. */
export async function fileWith(content: string | Uint8Array, name = 'file.csv'): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'footlight-import-')), name);
  await writeFile(file, content);
  return file;
}

export async function openFile(kind: ImportKind, file: string, { settings, map = {} }: ImportWish) {
  const all: Settings = { ...usualSettings, ...settings };
  const table = await openTable(file, all.encoding);
  const { of } = await sampleOf(table);
  const subject = subjects[kind];
  const mapping = withChoices(subject, guessMapping(subject, table.columns, of), Object.entries(map));
  return { table, mapping, settings: all };
}

/** What the rows of a file are read as. */
export async function readFile<Kind extends ImportKind>(
  kind: Kind,
  content: string | Uint8Array,
  wish: ImportWish & { now?: number } = {},
): Promise<({ line: number; row: Rows[Kind] } | Refused)[]> {
  const { table, ...how } = await openFile(kind, await fileWith(content), wish);
  const rows: ({ line: number; row: Rows[Kind] } | Refused)[] = [];
  const now = () => wish.now ?? Date.UTC(2026, 10, 26);
  for await (const row of readRows(subjects[kind], table, { ...how, now }))
    rows.push(row as (typeof rows)[number]);
  return rows;
}

/** Takes in a file to its end. */
export async function importFile(
  { rooms, site }: Pick<TestServer, 'rooms' | 'site'>,
  kind: ImportKind,
  content: string | Uint8Array,
  wish: ImportWish = {},
): Promise<{ id: number; counts: ImportCounts; refused: Refused[] }> {
  const refused: Refused[] = [];
  const { id, ended } = await startImport(
    { ...rooms, now: Date.now },
    {
      kind,
      fileName: 'file.csv',
      ...(await openFile(kind, await fileWith(content), wish)),
      site,
      by: 'kim@example.com',
      onRefused: (one) => refused.push(one),
    },
  );
  return { id, counts: await ended, refused };
}
