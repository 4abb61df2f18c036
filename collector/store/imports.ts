/** Files that were taken in, as the log of imports has them. Types only. */

export const importKinds = ['touchpoints', 'contacts', 'profiles'] as const;
export type ImportKind = (typeof importKinds)[number];

export interface NewImport {
  kind: ImportKind;
  /** Touchpoints: the site that they belong to. */
  siteId: number | null;
  fileName: string;
  /** Which column was taken for what, and how values were read. */
  mapping: object;
}

/** How far an import is. */
export interface ImportCounts {
  read: number;
  stored: number;
  /** Rows that say what is known already. */
  duplicates: number;
  /** Rows left out, by reason. */
  dropped: { [reason: string]: number };
}

/** How an import ended. */
export interface ImportEnd {
  /** SHA-256 of the file, hex; null if it was not read to its end. */
  sha256: string | null;
  /** Why it stopped before its end; null: it did not. */
  problem: string | null;
}

export interface Import extends NewImport, ImportCounts {
  id: number;
  sha256: string | null;
  by: string;
  at: number;
  /** When it was last heard of. */
  notedAt: number;
  /** Null: under way, or it never came to its end. */
  endedAt: number | null;
  problem: string | null;
  undoneBy: string | null;
  undoneAt: number | null;
}

/** Something that cannot be done with an import, in words with what to do. */
export class ImportRefused extends Error {}
