/** A request's body as text, whatever it is packed in, within bounds on both sides of the unpacking. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** What a body may be packed in, by its `content-encoding`. */
const unpack = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
};

/** Why there is no text: longer than allowed, or not what its heading says. */
export type Unreadable = 'too_large' | 'malformed';

/**
 * Reads and unpacks. What unpacks to more than `maxBytes` is stopped there: a gzip bomb costs no more than that.
 * @returns the text, or why there is none
 * @throws never: a sender who goes away half-way sent something malformed
 */
export async function readPacked(request: Request, maxBytes: number): Promise<{ text: string } | Unreadable> {
  const bytes = await readBytes(request, maxBytes).catch(() => 'malformed' as const);
  if (typeof bytes === 'string') return bytes;
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return { text: bytes.toString('utf8') };
  if (!isKnown(encoding)) return 'malformed';
  try {
    const plain = await unpack[encoding](bytes, { maxOutputLength: maxBytes });
    return { text: plain.toString('utf8') };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'malformed';
  }
}

function isKnown(encoding: string): encoding is keyof typeof unpack {
  return Object.hasOwn(unpack, encoding);
}

/** A declared length is enough to go by, since Node ends the body there; without one, bytes are counted as they come. */
async function readBytes(request: Request, maxBytes: number): Promise<Buffer | 'too_large'> {
  const declared = request.headers.get('content-length');
  if (declared !== null)
    return Number(declared) > maxBytes ? 'too_large' : Buffer.from(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return 'too_large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
