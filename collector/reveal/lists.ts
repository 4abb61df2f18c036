/** The owner's lists of VPN exits and hosts, and their replacement on disk while we run. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isoDay } from '../time.ts';
import { readAddressList } from './address-list.ts';
import type { NetworkList } from './network-lists.ts';
import { inSlices } from './slices.ts';
import { type WatchedFile, watchFiles } from './watched-files.ts';

/** Kinds of lists that can be given. */
export const listKinds = ['vpn', 'hosting'] as const;
export type ListKind = (typeof listKinds)[number];

/** A list's file; one that was fetched has its publisher's name, else it goes by its own. */
export interface ListFile {
  path: string;
  kind: ListKind;
  label?: string;
}

export interface ListsOptions {
  files: readonly ListFile[];
  /** Used only where they are: what was fetched. */
  fetched?: readonly ListFile[];
  log: (line: string, detail?: object) => void;
  /** Told of all lists that can be used, at once and after every change. */
  onChange: (lists: readonly NetworkList[]) => void;
  /** Looks every so often whether a file was replaced; left out: it does not. */
  pollMs?: number;
}

/** State of one list, for the health page and `footlight data status`. */
export interface ListStatus {
  path: string;
  kind: ListKind;
  state: 'ready' | 'refused';
  problem: string | null;
  dataOf: string | null;
  /** Ranges and AS numbers. */
  entries: number | null;
}

export interface Lists {
  status(): ListStatus[];
  refresh(): Promise<void>;
  close(): void;
}

/** The largest known has a few hundred kilobytes; a file beyond this is something else. */
const maxBytes = 32 * 1024 * 1024;

/** Opens all; a list that cannot be read takes no part and says why in `status()`. */
export async function openLists(options: ListsOptions): Promise<Lists> {
  const { files, fetched = [], log, onChange, pollMs } = options;
  const byPath = new Map([...fetched, ...files].map((file) => [file.path, file]));
  let isOpen = false;
  const watched = await watchFiles<NetworkList>({
    paths: files.map(({ path }) => path),
    optional: fetched.map(({ path }) => path),
    is: 'list of networks',
    open: (path) => readList(byPath.get(path) ?? { path, kind: 'vpn' }),
    log,
    describe: ({ kind, ranges, asNumbers }) => ({
      kind,
      ranges: ranges.length,
      asNumbers: asNumbers.length,
    }),
    nameOld: ({ dataOf }) => `the list of ${dataOf ?? 'before'}`,
    onChange: () => {
      if (isOpen) onChange(usable());
    },
  });
  const usable = () => watched.files().flatMap(({ value }) => (value === null ? [] : [value]));
  isOpen = true;
  onChange(usable());
  const timer = pollMs === undefined ? undefined : setInterval(() => void watched.refresh(), pollMs);
  timer?.unref();
  return {
    status: () => watched.files().map((file) => statusOf(file, byPath.get(file.path)?.kind ?? 'vpn')),
    refresh: watched.refresh,
    close: () => clearInterval(timer),
  };
}

function statusOf({ path, value, problem }: WatchedFile<NetworkList>, kind: ListKind): ListStatus {
  return {
    path,
    kind,
    state: value === null ? 'refused' : 'ready',
    problem,
    dataOf: value?.dataOf ?? null,
    entries: value === null ? null : value.ranges.length + value.asNumbers.length,
  };
}

/**
 * Reads one list; its day is that of the file.
 * @throws Error that says in words why it cannot be used
 */
export async function readList({ path, kind, label = basename(path) }: ListFile): Promise<NetworkList> {
  const { size, mtimeMs } = await stat(path).catch((cause: unknown) => {
    throw new Error('there is no such file; correct the path or put the file there', { cause });
  });
  if (size > maxBytes) throw new Error(`it has ${size} bytes, a list has at most ${maxBytes}`);
  const text = await readFile(path, 'utf8');
  const about = { kind, label, dataOf: isoDay(mtimeMs) };
  return inSlices(readAddressList(text, about));
}
