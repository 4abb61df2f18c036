/** Bytes of each build of the tag as it is served. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { packageRoot } from '../../collector/package-root.ts';

export interface TrackerResult {
  name: string;
  raw: number;
  gzip: number;
  brotli: number;
}

export function benchTracker(): Promise<TrackerResult[]> {
  return Promise.all(
    ['t.js', 't.least.js', 't.full.js'].map(async (name) => {
      const source = await readFile(path.join(packageRoot, 'dist/tracker', name));
      return {
        name,
        raw: source.length,
        gzip: gzipSync(source, { level: 9 }).length,
        brotli: brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
      };
    }),
  );
}
