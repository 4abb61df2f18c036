/** Puts a file that came from somewhere in place of the one in use, if it is a good one; else nothing changes. */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../reveal/database.ts';
import { readList } from '../reveal/lists.ts';
import { dayMs, isoDay } from '../time.ts';
import { convertIptoasn } from './iptoasn.ts';
import { fromTar, linesOf, readPlain } from './plain.ts';
import type { Source } from './sources.ts';

/** What was put in place. */
export interface Installed {
  /** Networks that the file tells of; of a list, its ranges and AS numbers. */
  networks: number;
  /** Day of the data, ISO date; null if the file does not say. */
  dataOf: string | null;
  bytes: number;
}

/** A file under a name of its own until it is good. */
const partName = /^\..+\.part$/;

/**
 * Makes the folder, and takes away what a process that ended too soon has left in it.
 * @returns a path in it that nobody else uses
 */
export async function partIn(folder: string, name: string, now: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const left of await readdir(folder)) {
    if (!partName.test(left)) continue;
    const { mtimeMs } = await stat(path.join(folder, left)).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > dayMs) await rm(path.join(folder, left), { force: true });
  }
  return path.join(folder, `.${name}.${process.pid}.${Math.trunc(performance.now() * 1_000)}.part`);
}

/**
 * Reads raw files, checks what they become, and only then renames it to where it is used: at every moment there is the
 * old file or the new one.
 * @param raw one file a part of the source, as it came: gzip, tar and plain are told by content
 * @param options.modifiedAt the data's age where the file itself does not tell it, ms
 * @param options.leastNetworks fewer are taken for an accident on the way
 * @throws Error that says what is wrong with the file; the old one is untouched
 */
export async function install(
  source: Source,
  raw: readonly string[],
  to: string,
  options: { modifiedAt: number; now: number; leastNetworks?: number },
): Promise<Installed> {
  const made = await partIn(path.dirname(to), path.basename(to), options.now);
  try {
    await make(source, raw, made, options.modifiedAt);
    const installed = await inspect(source, made, options.modifiedAt);
    const least = options.leastNetworks ?? 1;
    if (installed.networks < least)
      throw new Error(
        `it tells of ${installed.networks} networks, and the one in use of more than ${least}; if that is right, give it with --from`,
      );
    await sync(made);
    await rename(made, to);
    // Where a folder cannot be synced (Windows), the rename is as safe as it gets there.
    await sync(path.dirname(to)).catch(() => undefined);
    return installed;
  } finally {
    await rm(made, { force: true });
  }
}

async function make(source: Source, raw: readonly string[], to: string, builtAt: number): Promise<void> {
  if (source.kind !== 'database') {
    // One list of several, each of which ends its last line.
    return writeParts(to, joined(raw, source.maxBytes));
  }
  const [file = ''] = raw;
  const start = await startOf(readPlain(file, source.maxBytes));
  if (/^\s*[<{]/.test(start))
    throw new Error('it is a web page or a message, no data; look at what the address answers');
  if (/^[\d.:a-f]+\t[\d.:a-f]+\t\d+\t/.test(start)) {
    const { parts } = await convertIptoasn(linesOf(readPlain(file, source.maxBytes)), builtAt);
    return writeParts(to, parts);
  }
  return writeParts(to, fromTar(readPlain(file, source.maxBytes), /\.mmdb$/));
}

async function* joined(files: readonly string[], maxBytes: number): AsyncGenerator<Buffer> {
  for (const file of files) {
    yield* readPlain(file, maxBytes);
    yield Buffer.from('\n');
  }
}

async function startOf(chunks: AsyncGenerator<Buffer>): Promise<string> {
  const { value } = await chunks.next();
  await chunks.return(undefined);
  return value?.toString('latin1', 0, 200) ?? '';
}

async function writeParts(to: string, parts: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void> {
  const file = await open(to, 'w');
  try {
    for await (const part of parts) await file.write(part);
  } finally {
    await file.close();
  }
}

/** Opens it as the server will, but looks it through to its end. */
async function inspect({ kind, title }: Source, file: string, modifiedAt: number): Promise<Installed> {
  const { size: bytes } = await stat(file);
  if (kind === 'database') {
    const { networks, dataOf } = await openDatabase(file, { isThorough: true });
    return { networks: networks ?? 0, dataOf, bytes };
  }
  const { ranges, asNumbers } = await readList({ path: file, kind, label: title });
  return { networks: ranges.length + asNumbers.length, dataOf: isoDay(modifiedAt), bytes };
}

/** What is renamed before it is on the disk may be empty after a loss of power. */
async function sync(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
