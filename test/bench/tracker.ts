/** Bytes of the tag as it is served. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { packageRoot } from '../../collector/package-root.ts';

export interface TrackerResult {
  raw: number;
  gzip: number;
  brotli: number;
}

export async function benchTracker(): Promise<TrackerResult> {
  const source = await readFile(path.join(packageRoot, 'dist/tracker/t.js'));
  return {
    raw: source.length,
    gzip: gzipSync(source, { level: 9 }).length,
    brotli: brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}
