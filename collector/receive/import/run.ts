/** Takes in a file, whatever it is about: row by row, a batch at a time, and written down in the log of imports. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { EnrichedDraft } from '../../draft.ts';
import type { Enricher } from '../../enrich/index.ts';
import type { KeyedHash } from '../../keyed-hash.ts';
import type { ImportCounts, ImportKind } from '../../store/imports.ts';
import type { ContactRow } from '../../store/people.ts';
import type { AppendOutcome, ProfileRow, Site, Store } from '../../store/store.ts';
import { isDrop } from '../reasons.ts';
import { missingOf } from './check.ts';
import type { Mapping } from './mapping.ts';
import type { Refused } from './refusals.ts';
import { readRows } from './rows.ts';
import type { Settings, Subject } from './subject.ts';
import { subjects } from './subjects.ts';
import type { Table } from './table.ts';
import { draftOf, type TouchpointRow } from './touchpoint.ts';

/** Rows in one transaction. */
const perBatch = 500;

/** How often it is written down how far an import is: each time is a transaction of its own. */
const noteMs = 2_000;

export interface ImportTools {
  store: Pick<Store, 'append' | 'importContacts' | 'importProfiles' | 'beginImport' | 'noteImport'>;
  enricher: Pick<Enricher, 'enrich'>;
  keyed: Pick<KeyedHash, 'visitorOfId'>;
  now(): number;
}

export interface ImportAsked {
  kind: ImportKind;
  /** As its owner calls it. */
  fileName: string;
  table: Table;
  mapping: Mapping;
  settings: Settings;
  /** The site that touchpoints belong to. */
  site: Site | null;
  by: string;
  /** Told each row that is left out. */
  onRefused?(refused: Refused): void;
  onProgress?(counts: ImportCounts, bytes: number): void;
  /** Ends it before its end, with the reason that it carries. */
  signal?: AbortSignal;
}

/** An import that has begun. */
export interface Running {
  id: number;
  /** Fails where the file or the store does; what came before is stored, and the log says why. */
  ended: Promise<ImportCounts>;
}

/**
 * The same file twice is stored once.
 * @throws Error that says what is missing, with nothing begun
 */
export async function startImport(tools: ImportTools, asked: ImportAsked): Promise<Running> {
  const { kind, site, settings, mapping } = asked;
  const missing = missingOf(subjects[kind] as Subject<unknown>, mapping, settings);
  if (missing !== null) throw new Error(missing);
  if (kind === 'touchpoints' && site === null)
    throw new Error('touchpoints belong to a site, and there is none yet; add one first');
  const id = await tools.store.beginImport(
    {
      kind,
      siteId: kind === 'touchpoints' ? (site?.id ?? null) : null,
      fileName: asked.fileName,
      mapping: { columns: [...mapping], ...settings },
    },
    asked.by,
    tools.now(),
  );
  return { id, ended: run(tools, asked, id) };
}

async function run(tools: ImportTools, asked: ImportAsked, id: number): Promise<ImportCounts> {
  const { store, now } = tools;
  const counts: ImportCounts = { read: 0, stored: 0, duplicates: 0, dropped: {} };
  try {
    const sha256 = await takeIn(tools, asked, id, counts);
    await store.noteImport(id, counts, now(), { sha256, problem: null });
    return counts;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    await store.noteImport(id, counts, now(), { sha256: null, problem });
    throw error;
  }
}

async function takeIn(
  tools: ImportTools,
  asked: ImportAsked,
  id: number,
  counts: ImportCounts,
): Promise<string> {
  const { mapping, settings, table, onRefused, onProgress } = asked;
  const { store, now } = tools;
  const storeBatch = storing(tools, asked, id);
  const digest = createHash('sha256');
  let bytes = 0;
  let notedAt = performance.now();
  let waiting: unknown[] = [];
  const flush = async () => {
    const outcomes = waiting.length === 0 ? [] : await storeBatch(waiting);
    waiting = [];
    for (const outcome of outcomes) counts[outcome === 'stored' ? 'stored' : 'duplicates'] += 1;
    if (performance.now() - notedAt > noteMs) {
      await store.noteImport(id, counts, now());
      notedAt = performance.now();
    }
    onProgress?.(counts, bytes);
    // Between two batches events are taken in.
    await setImmediate();
  };
  const onBytes = (chunk: Buffer) => {
    bytes += chunk.length;
    digest.update(chunk);
  };
  const subject = subjects[asked.kind] as Subject<unknown>;
  for await (const read of readRows(subject, table, { mapping, settings, now }, { onBytes })) {
    asked.signal?.throwIfAborted();
    counts.read += 1;
    if ('row' in read) waiting.push(read.row);
    else {
      counts.dropped[read.refused] = (counts.dropped[read.refused] ?? 0) + 1;
      onRefused?.(read);
    }
    if (waiting.length >= perBatch) await flush();
  }
  await flush();
  return digest.digest('hex');
}

/** How a batch of rows is stored, by what they are. */
function storing(
  { store, enricher, keyed, now }: ImportTools,
  { kind, site, by }: ImportAsked,
  importId: number,
): (rows: readonly unknown[]) => Promise<AppendOutcome[]> {
  switch (kind) {
    case 'contacts':
      return (rows) => store.importContacts(rows as ContactRow[], now(), importId);
    case 'profiles':
      return (rows) => store.importProfiles(rows as ProfileRow[], by, now(), importId);
    case 'touchpoints':
      return (rows) =>
        store.append(
          (rows as TouchpointRow[]).map((row): EnrichedDraft => {
            if (site === null) throw new Error('touchpoints belong to a site');
            const made = enricher.enrich(draftOf(row, { site, importId, keyed }));
            if (isDrop(made)) throw new Error(`an imported touchpoint was refused: ${made.drop}`);
            return made;
          }),
        );
  }
}
