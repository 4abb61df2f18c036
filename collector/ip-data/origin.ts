/** Where a fetched file came from: a note beside it, for `data status`. Nothing depends on it. */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Installed } from './install.ts';

const shape = z.object({
  /** Address without its query, or path of the file that was given. */
  from: z.string(),
  /** ms UTC */
  fetchedAt: z.number(),
  networks: z.number(),
  /** Of the file that this is about: another process may have put another one there since. */
  bytes: z.number(),
});
export type Origin = z.infer<typeof shape>;

const noteOf = (file: string) => file.replace(/\.\w+$/, '.json');

export async function writeOrigin(
  file: string,
  { networks, bytes }: Installed,
  from: string,
  fetchedAt: number,
): Promise<void> {
  const origin: Origin = { from, fetchedAt, networks, bytes };
  await writeFile(noteOf(file), `${JSON.stringify(origin, null, 2)}\n`);
}

/** @returns null if there is no note, or none that can be read */
export async function readOrigin(file: string): Promise<Origin | null> {
  try {
    return shape.parse(JSON.parse(await readFile(noteOf(file), 'utf8')));
  } catch {
    return null;
  }
}
