/** Serves the tracker: compressed once, answered from memory. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes in each encoding that a browser may ask for. */
export interface Packed {
  hash: string;
  /** @param seconds that a cache may keep it; `forever`: under this address there will never be other bytes */
  answer(request: Request, seconds: number | 'forever'): Response;
}

export interface Script {
  /** `/t.js`. */
  path: string;
  /** `/t.<hash>.js`: the same bytes for ever. */
  hashedPath: string;
  /** @param by whether it was asked for by its name, which may get new bytes, or by its hash, which never does */
  answer(request: Request, by: 'named' | 'hashed'): Response;
}

/** How long a browser keeps what may get new bytes. */
export const namedSeconds = 3_600;

/**
 * @param name   of the build: `t.js`
 * @param source its bytes
 */
export function openScript(name: string, source: Buffer): Script {
  const packed = pack(source);
  return {
    path: `/${name}`,
    hashedPath: `/${name.replace(/js$/, `${packed.hash}.js`)}`,
    answer: (request, by) => packed.answer(request, by === 'hashed' ? 'forever' : namedSeconds),
  };
}

/** Compresses a script as small as it gets; some milliseconds, so whoever calls keeps the result. */
export function pack(source: Buffer): Packed {
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 12);
  const bodies = {
    br: brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gzip: gzipSync(source, { level: 9 }),
    identity: source,
  };
  // Weak, since each encoding has bytes of its own.
  const etag = `W/"${hash}"`;

  return {
    hash,
    answer(request, seconds) {
      const headers: Record<string, string> = {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control':
          seconds === 'forever' ? 'public, max-age=31536000, immutable' : `public, max-age=${seconds}`,
        etag,
        vary: 'accept-encoding',
        // For `integrity` on the tag, which needs a CORS answer.
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      };
      const isSame = request.headers
        .get('if-none-match')
        ?.split(',')
        .some((known) => known.trim() === etag || `W/${known.trim()}` === etag);
      if (isSame) return new Response(null, { status: 304, headers });
      const encoding = preferred(request.headers.get('accept-encoding') ?? '');
      if (encoding !== 'identity') headers['content-encoding'] = encoding;
      return new Response(new Uint8Array(bodies[encoding]), { headers });
    },
  };
}

function preferred(accepted: string): 'br' | 'gzip' | 'identity' {
  const offers = accepted
    .split(',')
    .map((offer) => offer.trim().toLowerCase())
    .filter((offer) => !/;\s*q=0(\.0*)?$/.test(offer))
    .map((offer) => offer.split(';')[0]?.trim());
  if (offers.includes('br')) return 'br';
  return offers.includes('gzip') ? 'gzip' : 'identity';
}
