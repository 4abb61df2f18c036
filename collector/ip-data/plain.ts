/** A file as its contents: gunzipped where it is gzip, taken out of its archive where it is one. Told by content, never by name. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

const blockBytes = 512;
const gzipMagic = [0x1f, 0x8b];

/**
 * The bytes of a file, in chunks.
 * @param maxBytes what it may hold once unpacked: a small archive can hold a world of zeros
 * @throws Error that says what is wrong, also in the midst of the iteration
 */
export async function* readPlain(path: string, maxBytes: number): AsyncGenerator<Buffer> {
  const head = await firstBytes(path);
  const isGzip = gzipMagic.every((byte, at) => head[at] === byte);
  const raw = createReadStream(path);
  const stream = isGzip ? raw.pipe(createGunzip()) : raw;
  if (isGzip) raw.once('error', (error) => stream.destroy(error));
  let total = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maxBytes) throw new Error(`it holds more than ${maxBytes} bytes; that is no such file`);
      yield chunk;
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new Error(
      cause.code === 'Z_BUF_ERROR'
        ? 'it is cut short; fetch it again'
        : `it cannot be unpacked (${cause.code}); fetch it again`,
      { cause },
    );
  } finally {
    raw.destroy();
  }
}

/**
 * The lines of a text, as many at a time as came together.
 * @param maxLength of one line
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, maxLength = 4_096): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLength) throw new Error(`a line of it is longer than ${maxLength} characters`);
    yield lines.map((line) => line.trimEnd());
  }
  yield [(rest + decoder.decode()).trimEnd()];
}

/**
 * The first file of a tar archive whose name matches; anything that is no tar archive passes as it is.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 * @throws Error if the archive has no such file or is cut short
 */
export async function* fromTar(chunks: AsyncIterable<Buffer>, wanted: RegExp): AsyncGenerator<Buffer> {
  const reader = new ByteReader(chunks);
  const head = await reader.peek(blockBytes);
  if (head.toString('latin1', 257, 262) !== 'ustar') {
    yield* reader.rest();
    return;
  }
  for (;;) {
    const header = await reader.take(blockBytes);
    if (header.length < blockBytes || header.every((byte) => byte === 0))
      throw new Error('there is no database in the archive; fetch it again');
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
    if (!(size >= 0)) throw new Error('the archive is broken; fetch it again');
    // Ordinary files have the type 0, or none in the oldest form.
    const isFile = header[156] === 0x30 || header[156] === 0;
    if (isFile && wanted.test(name)) {
      yield* reader.exactly(size);
      return;
    }
    for await (const _ of reader.exactly(Math.ceil(size / blockBytes) * blockBytes));
  }
}

/** Takes chunks of any size apart into pieces of the size asked for. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Fewer at the end. */
  async peek(count: number): Promise<Buffer> {
    while (this.#held.length < count) {
      const { done, value } = await this.#chunks.next();
      if (done) break;
      this.#held = Buffer.concat([this.#held, value]);
    }
    return this.#held.subarray(0, count);
  }

  async take(count: number): Promise<Buffer> {
    const taken = await this.peek(count);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  async *exactly(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      const some = await this.take(Math.min(left, 65_536));
      if (some.length === 0) throw new Error('the archive is cut short; fetch it again');
      left -= some.length;
      yield some;
    }
  }

  async *rest(): AsyncGenerator<Buffer> {
    if (this.#held.length > 0) yield this.#held;
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) yield next.value;
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
