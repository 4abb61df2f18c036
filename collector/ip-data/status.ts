/** What is loaded, in one list: databases and lists, given by the owner or fetched. */
import path from 'node:path';
import type { ListStatus } from '../reveal/lists.ts';
import type { DatabaseStatus } from '../reveal/resolver.ts';
import { readOrigin } from './origin.ts';
import { type SourceName, sourceNames, sources } from './sources.ts';

export interface DataFile {
  /** Null: a file of the owner's own. */
  source: SourceName | null;
  title: string;
  kind: 'database' | 'vpn' | 'hosting';
  path: string;
  state: 'ready' | 'refused';
  /** Why it is not used, or what is wrong with it though it is. */
  problem: string | null;
  /** Day of the data, ISO date. */
  dataOf: string | null;
  /** Networks; of a list, its ranges and AS numbers. */
  networks: number | null;
  /** Address without its query, or the file that was given; null: nobody wrote it down. */
  from: string | null;
  /** ms UTC */
  fetchedAt: number | null;
  licence: string | null;
}

export async function readDataFiles(
  folder: string,
  databases: readonly DatabaseStatus[],
  lists: readonly ListStatus[],
): Promise<DataFile[]> {
  const ofDatabases = databases.map(({ databaseType, ...status }) => ({
    ...status,
    kind: 'database' as const,
    title: databaseType,
  }));
  const ofLists = lists.map(({ entries, ...status }) => ({ ...status, networks: entries, title: null }));
  return Promise.all(
    [...ofDatabases, ...ofLists].map(async ({ title, ...status }): Promise<DataFile> => {
      const source = sourceAt(folder, status.path);
      const origin = source === null ? null : await readOrigin(status.path);
      return {
        ...status,
        source,
        title: source === null ? (title ?? path.basename(status.path)) : sources[source].title,
        networks: status.networks ?? origin?.networks ?? null,
        from: origin?.from ?? null,
        fetchedAt: origin?.fetchedAt ?? null,
        licence: source === null ? null : sources[source].licence,
      };
    }),
  );
}

function sourceAt(folder: string, file: string): SourceName | null {
  return sourceNames.find((name) => path.join(folder, sources[name].file) === file) ?? null;
}
