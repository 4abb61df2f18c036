/** Lines of a plain or gzipped file, a few at a time, in memory that does not grow with the file. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';

/** Characters of a line; what is longer is given cut, and no reader will take it for a good one. */
const maxLineLength = 65_536;

const newline = 0x0a;

/**
 * @param onBytes told how many bytes of the file have been read so far, and how many it has
 * @throws Error if the file cannot be read, or its gzip data is broken or ends too early
 */
export async function* readLines(
  path: string,
  onBytes: (bytes: number, totalBytes: number) => void,
): AsyncGenerator<string> {
  const { size } = await stat(path);
  // By its first bytes: rotated logs are named `.1`, `.gz`, `.old`…
  const isPacked = await isGzip(path);
  const file = createReadStream(path);
  const content = isPacked ? file.pipe(createGunzip()) : file;
  // `pipe` does not hand on errors, and an unheard one would end the process.
  if (content !== file) file.once('error', (error) => content.destroy(error));
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of content as AsyncIterable<Buffer>) {
    onBytes(file.bytesRead, size);
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      yield cut(rest + decoder.write(chunk.subarray(start, end)));
      rest = '';
      start = end + 1;
    }
    rest = (rest + decoder.write(chunk.subarray(start))).slice(0, maxLineLength + 1);
  }
  if (rest !== '') yield cut(rest);
}

function cut(line: string): string {
  return (line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, maxLineLength);
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
