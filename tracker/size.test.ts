import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

/** Page views, visitor, forms, calls and delivery. A higher number is a commit of its own, with its reason. */
const maxBrotliBytes = 1_400;

const source = readFileSync(new URL('../dist/tracker/t.js', import.meta.url));

describe('the built tag', () => {
  test(`is at most ${maxBrotliBytes} bytes as browsers get it`, () => {
    const gzip = gzipSync(source, { level: 9 }).length;
    const brotli = brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    console.info(`t.js: ${source.length} bytes raw, ${gzip} gzip, ${brotli} brotli`);
    expect(brotli).toBeLessThanOrEqual(maxBrotliBytes);
  });

  test('has no code that could read what was typed', () => {
    expect(source.toString()).not.toMatch(
      /FormData|\bvalue|\.elements|innerText|textContent|innerHTML|"input"|"change"|key(down|up|press)/i,
    );
  });
});
