/** Accounts on their way into a file: each with its score, owner, tags and the rest that stands beside its sums. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AccountMarks } from '../store/marks.ts';
import type { AccountScore } from '../store/scores.ts';
import type { AccountQuery, AccountRow, Store } from '../store/store.ts';

export interface AccountInFile extends AccountRow {
  marks: AccountMarks;
  /** Null: not worked out yet. */
  worth: AccountScore | null;
  /** Seconds for which its people were at pages within the period. */
  engaged: number;
  /** What the list was narrowed to: a segment's name, or its text; empty: nothing. */
  segment: string;
}

/** Rows that are looked up together: as many as the store reads at a time. */
const perPart = 200;

/**
 * The same rows in the same order, with all that their file says. An account that is merged away meanwhile is left out,
 * as it is from the list.
 */
export function withRest(
  store: Pick<Store, 'marks' | 'scoresOf' | 'engagement'>,
  rows: AsyncIterable<AccountRow>,
  { siteId, period, segment }: Pick<AccountQuery, 'siteId' | 'period'> & { segment: string },
): AsyncIterable<AccountInFile> {
  // Whoever reads the rows may do so from elsewhere; that nobody wants them is known by who asks now.
  const asAsked = AsyncLocalStorage.snapshot();

  async function whole(part: readonly AccountRow[]): Promise<AccountInFile[]> {
    const ids = part.map(({ id }) => id);
    // What is marked for one user alone is in no file, so nobody is named.
    const [marks, scores, engaged] = await asAsked(() =>
      Promise.all([store.marks(ids, ''), store.scoresOf(ids), store.engagement(ids, siteId, period)]),
    );
    const worth = new Map(scores.map((one) => [one.accountId, one]));
    return part.flatMap((row) => {
      const its = marks.get(row.id);
      return its === undefined
        ? []
        : [
            {
              ...row,
              marks: its,
              worth: worth.get(row.id) ?? null,
              engaged: engaged.get(row.id) ?? 0,
              segment,
            },
          ];
    });
  }

  async function* all(): AsyncGenerator<AccountInFile> {
    let part: AccountRow[] = [];
    for await (const row of rows) {
      part.push(row);
      if (part.length < perPart) continue;
      yield* await whole(part);
      part = [];
    }
    if (part.length > 0) yield* await whole(part);
  }
  return all();
}
