/**
 * Asks a freshly opened database before visitors do. Of broken files many open without complaint and then throw, or
 * take milliseconds, on some addresses only.
 */
import { performance } from 'node:perf_hooks';
import type { Reader, Response } from 'maxmind';

/** One answer; a sound file takes a few microseconds. */
const maxAnswerMs = 3;
/** So many networks of a range are asked at most, so that a large file is seen everywhere. */
const networksPerRange = 24;

/**
 * Walks from network to network through the IPv4 ranges and those parts of IPv6 that are in use, a few networks each,
 * in steps. A small file is walked whole.
 * @throws Error that says which address the database fails at, and how
 */
export function* probe(reader: Reader<Response>): Generator<void, void> {
  for (let high = 0; high < 256; high++) {
    yield;
    probeRange(reader, high);
  }
  if (reader.metadata.ipVersion === 6) {
    for (let word = 0x2000; word < 0x3000; word++) {
      if (word % 64 === 0) yield;
      ask(reader, `${word.toString(16)}:${(word * 7).toString(16).slice(-4)}::1`);
    }
  }
}

function probeRange(reader: Reader<Response>, high: number): void {
  let asked = 0;
  for (let low = 0; low < 2 ** 24 && asked < networksPerRange; asked++) {
    const bits = ask(reader, `${high}.${low >>> 16}.${(low >>> 8) & 255}.${low & 255}`);
    low += 2 ** (32 - Math.min(32, Math.max(8, bits)));
  }
}

function ask(reader: Reader<Response>, ip: string): number {
  const from = performance.now();
  let bits: number;
  try {
    bits = reader.getWithPrefixLength(ip)[1];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`it cannot answer for ${ip} (${reason.slice(0, 120)}); fetch it again`, { cause });
  }
  // The first look may wait for the compiler or the collector: only a second slow one counts.
  if (performance.now() - from > maxAnswerMs && isSlow(reader, ip)) {
    throw new Error(`it takes more than ${maxAnswerMs} ms to answer for ${ip}; fetch it again`);
  }
  return bits;
}

function isSlow(reader: Reader<Response>, ip: string): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    const from = performance.now();
    reader.get(ip);
    if (performance.now() - from <= maxAnswerMs) return false;
  }
  return true;
}
