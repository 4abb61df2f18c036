/** The text of a file that somebody gives us: unpacked, decoded, a piece at a time. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** Files of this kind are a few megabytes; what unpacks to more than this is made to fill us up. */
const maxUnpackedBytes = 4 * 1024 ** 3;

export interface ContentOptions {
  /** Told the file's bytes as they are read, before they are unpacked. */
  onBytes?(bytes: Buffer): void;
  maxBytes?: number;
}

/** @throws Error if the file cannot be read, is packed and broken, or unpacks to too much */
async function* bytesOf(path: string, options: ContentOptions = {}): AsyncGenerator<Buffer> {
  const { onBytes, maxBytes = maxUnpackedBytes } = options;
  const file = createReadStream(path);
  const isPacked = (await startOf(path, 2)).equals(Buffer.from([0x1f, 0x8b]));
  if (onBytes) file.on('data', (chunk) => onBytes(chunk as Buffer));
  const content = isPacked ? file.pipe(createGunzip()) : file;
  // `pipe` does not hand on errors, and an unheard one would end the process.
  if (content !== file) file.once('error', (error) => content.destroy(error));
  let total = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maxBytes) throw new Error(`the file holds more than ${maxBytes} bytes; split it`);
      yield chunk;
      // Others have their turn, also where the whole file is in the system's cache.
      await setImmediate();
    }
  } finally {
    file.destroy();
    content.destroy();
  }
}

export async function* textOf(
  path: string,
  encoding: Encoding,
  options: ContentOptions = {},
): AsyncGenerator<string> {
  // Without `ignoreBOM` the mark at the start is taken away.
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytesOf(path, options)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/**
 * How a file is written: by its mark at the start; without one it is UTF-8, unless it cannot be, and then what
 * spreadsheets write in the west.
 */
export async function encodingOf(path: string, options: ContentOptions = {}): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of bytesOf(path, options)) {
      if (isFirst && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
      if (isFirst && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
      isFirst = false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

async function startOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
