/** Serves the tracker: compressed once at the start, answered from memory. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export interface Script {
  /** `/t.js`. */
  path: string;
  /** `/t.<hash>.js`: the same bytes for ever. */
  hashedPath: string;
  /** @param by whether it was asked for by its name, which may get new bytes, or by its hash, which never does */
  answer(request: Request, by: 'named' | 'hashed'): Response;
}

/**
 * @param name   of the build: `t.js`
 * @param source its bytes
 */
export function openScript(name: string, source: Buffer): Script {
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 12);
  const bodies = {
    br: brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gzip: gzipSync(source, { level: 9 }),
    identity: source,
  };
  // Weak, since each encoding has bytes of its own.
  const etag = `W/"${hash}"`;

  return {
    path: `/${name}`,
    hashedPath: `/${name.replace(/js$/, `${hash}.js`)}`,
    answer(request, by) {
      const headers: Record<string, string> = {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': by === 'hashed' ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
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
