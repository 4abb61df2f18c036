/** One update of one source: fetched or given, checked, put in place. */
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DownloadError, type DownloadLimits, type DownloadOptions, download } from './download.ts';
import { type Installed, install, partIn } from './install.ts';
import { readOrigin, writeOrigin } from './origin.ts';
import { type Credentials, type Part, type SourceName, sources } from './sources.ts';

export interface UpdateOptions {
  source: SourceName;
  /** Folder of fetched data. */
  folder: string;
  /** A file that is here already; null: it is fetched. */
  from: string | null;
  credentials: Credentials;
  now: number;
  version: string;
  /** Another place to ask, for tests. */
  base?: string;
  limits?: Omit<DownloadLimits, 'maxBytes'>;
  onProgress?: DownloadOptions['onProgress'];
  /** Ends a download at once. */
  signal?: AbortSignal;
}

/** What came of an update. */
export interface Updated extends Installed {
  source: SourceName;
  file: string;
  from: string;
}

const usualLimits = { totalMs: 20 * 60_000, idleMs: 30_000 };

/** A fetched file with less than this share of what is in use was cut short by somebody. */
const leastShare = 0.25;

/**
 * Puts a source's newest file in use. Whatever goes wrong, the file that is in use stays.
 * @throws Error that says what is wrong and what to do; it never holds a token
 */
export async function updateSource(options: UpdateOptions): Promise<Updated> {
  const { source: name, folder, from, credentials, now } = options;
  const source = sources[name];
  const file = path.join(folder, source.file);
  if (from !== null) {
    const { mtimeMs } = await stat(from).catch((cause: unknown) => {
      throw new Error(`${from}: there is no such file`, { cause });
    });
    const installed = await install(source, [from], file, { modifiedAt: mtimeMs, now }).catch(
      (cause: unknown) => {
        throw new Error(`${from} cannot be used: ${cause instanceof Error ? cause.message : cause}`, {
          cause,
        });
      },
    );
    await writeOrigin(file, installed, path.resolve(from), now);
    return { source: name, file, from: path.resolve(from), ...installed };
  }
  const missing = source.missing(credentials);
  if (missing.length > 0)
    throw new Error(
      `${source.title} needs an account of yours: set ${missing.join(' and ')} (${source.home})`,
    );
  return fetchSource(options, source.parts(options.base ?? source.base, credentials, now), file);
}

async function fetchSource(
  options: UpdateOptions,
  parts: readonly (readonly Part[])[],
  file: string,
): Promise<Updated> {
  const { source: name, folder, now } = options;
  const source = sources[name];
  const raw: string[] = [];
  let url = '';
  let modifiedAt = now;
  try {
    for (const alternatives of parts) {
      const to = await partIn(folder, source.file, now);
      raw.push(to);
      const got = await fetchFirst(alternatives, to, source.maxBytes, options);
      url ||= got.url;
      // Nothing was made in the future, whatever a server's clock says.
      modifiedAt = Math.min(modifiedAt, got.modifiedAt ?? now);
    }
    const before = await readOrigin(file);
    const leastNetworks = Math.ceil((before?.networks ?? 0) * leastShare);
    const installed = await install(source, raw, file, { modifiedAt, now, leastNetworks }).catch(
      (cause: unknown) => {
        const reason = cause instanceof Error ? cause.message : cause;
        throw new Error(`what ${new URL(url).host} sent cannot be used: ${reason}`, { cause });
      },
    );
    await writeOrigin(file, installed, url, now);
    return { source: name, file, from: url, ...installed };
  } finally {
    for (const left of raw) await rm(left, { force: true });
  }
}

/** The first of several that is there. */
async function fetchFirst(
  alternatives: readonly Part[],
  to: string,
  maxBytes: number,
  { limits = usualLimits, version, onProgress, signal }: UpdateOptions,
): Promise<{ url: string; modifiedAt: number | null }> {
  for (const [at, part] of alternatives.entries()) {
    try {
      const { modifiedAt } = await download(part, to, {
        limits: { ...limits, maxBytes },
        version,
        ...(onProgress ? { onProgress } : {}),
        ...(signal ? { signal } : {}),
      });
      // Without the query, where a token may be.
      const { origin, pathname } = new URL(part.url);
      return { url: origin + pathname, modifiedAt };
    } catch (error) {
      const isLast = at === alternatives.length - 1;
      if (isLast || !(error instanceof DownloadError && error.status === 404)) throw error;
    }
  }
  throw new Error('there is nothing to fetch');
}
