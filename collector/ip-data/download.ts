/** Fetches a file over HTTP onto the disk: bounded in size and time, no further than it was told to go. */
import { open } from 'node:fs/promises';
import type { Part } from './sources.ts';

export interface DownloadLimits {
  /** Bytes as sent. */
  maxBytes: number;
  /** For all of it. */
  totalMs: number;
  /** Without a byte. */
  idleMs: number;
}

export interface DownloadOptions {
  limits: DownloadLimits;
  /** For the `User-Agent`. */
  version: string;
  /** `total` is null where the server does not say. */
  onProgress?: (bytes: number, total: number | null) => void;
  /** Ends it at once. */
  signal?: AbortSignal;
}

export interface Downloaded {
  bytes: number;
  /** What the server says of the file's age, ms. */
  modifiedAt: number | null;
}

/** What came instead of the file. */
export class DownloadError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const maxRedirects = 5;
const redirects = [301, 302, 303, 307, 308];

/**
 * @param to path of a file that is made, or written over
 * @throws DownloadError where the server answered with something else, in words that say what to do
 * @throws Error where it did not answer, or not to the end. No message holds what is secret in the request: of addresses only the host is told
 */
export async function download(part: Part, to: string, options: DownloadOptions): Promise<Downloaded> {
  const { limits, version, onProgress, signal: stop } = options;
  const { host } = new URL(part.url);
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), limits.idleMs);
  const signal = AbortSignal.any([idle.signal, AbortSignal.timeout(limits.totalMs), ...(stop ? [stop] : [])]);
  const file = await open(to, 'w');
  let bytes = 0;
  try {
    const response = await follow(part, version, signal);
    const total = lengthOf(response);
    if (total !== null && total > limits.maxBytes) throw tooLarge(host, limits);
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      bytes += chunk.length;
      if (bytes > limits.maxBytes) throw tooLarge(host, limits);
      await file.write(chunk);
      onProgress?.(bytes, total);
    }
    if (total !== null && bytes !== total) throw new Error('terminated');
    if (bytes === 0) throw new DownloadError(`${host} sent an empty file; try again later`, 200);
    const modified = Date.parse(response.headers.get('last-modified') ?? '');
    return { bytes, modifiedAt: Number.isNaN(modified) ? null : modified };
  } catch (error) {
    if (stop?.aborted) throw new Error('the server stopped meanwhile', { cause: error });
    throw inWords(error, { host, bytes, limits, isIdle: idle.signal.aborted });
  } finally {
    clearTimeout(timer);
    await file.close();
  }
}

/** Redirects by hand: never from TLS to without, and the key to one door is not shown at another. */
async function follow(part: Part, version: string, signal: AbortSignal): Promise<Response> {
  let url = new URL(part.url);
  let headers: Record<string, string> = { ...part.headers };
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await fetch(url.href, {
      redirect: 'manual',
      signal,
      headers: { ...headers, 'user-agent': `footlight/${version}`, 'accept-encoding': 'identity' },
    });
    if (!redirects.includes(response.status)) {
      if (response.status !== 200) throw await refusal(response, url);
      return response;
    }
    await response.body?.cancel();
    const location = response.headers.get('location') ?? '';
    const isAddress = location !== '' && URL.canParse(location, url.href);
    const next = isAddress ? new URL(location, url) : null;
    if (next === null || (next.protocol !== 'https:' && next.protocol !== url.protocol))
      throw new DownloadError(`${url.host} sends on to somewhere that cannot be followed`, response.status);
    if (next.origin !== url.origin) headers = {};
    url = next;
  }
  throw new DownloadError(`${url.host} sends on in circles; try again later`, 310);
}

async function refusal(response: Response, { host }: URL): Promise<DownloadError> {
  await response.body?.cancel();
  const { status } = response;
  const later = response.headers.get('retry-after');
  switch (status) {
    case 401:
    case 403:
      return new DownloadError(
        `${host} refused the account (${status}); check its token or key, and whether it may download this file`,
        status,
      );
    case 404:
      return new DownloadError(`${host} has no such file (404); it may have moved, or come later`, status);
    case 429:
      return new DownloadError(
        `${host} has been asked too often (429)${later !== null && /^\d{1,6}$/.test(later) ? `; it asks to wait ${later} s` : ''}; try again later`,
        status,
      );
    default:
      return new DownloadError(`${host} answered ${status}; try again later`, status);
  }
}

function lengthOf(response: Response): number | null {
  // With a coding the length is that of what was sent, which we do not see.
  if (response.headers.has('content-encoding')) return null;
  const length = response.headers.get('content-length');
  return length === null ? null : Number(length);
}

function tooLarge(host: string, { maxBytes }: DownloadLimits): DownloadError {
  return new DownloadError(`${host} sends more than ${maxBytes} bytes; that is not the file meant`, 200);
}

/** What the platform throws holds addresses, and those may hold a token: it is said anew. */
function inWords(
  error: unknown,
  seen: { host: string; bytes: number; limits: DownloadLimits; isIdle: boolean },
): Error {
  if (error instanceof DownloadError) return error;
  const { host, bytes, limits, isIdle } = seen;
  if (isIdle) return new Error(`${host} sent nothing for ${limits.idleMs / 1_000} s; try again later`);
  if (error instanceof Error && error.name === 'TimeoutError')
    return new Error(`${host} was not done after ${limits.totalMs / 1_000} s; try again later`);
  if (bytes > 0) return new Error(`${host} broke off after ${bytes} bytes; try again`);
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return new Error(
    `${host} cannot be reached${code}; is there a way out to the internet? Else fetch the file elsewhere and give it with --from`,
  );
}
