/** The people of a list of companies on their way into a file: those with an e-mail address, once each; the others are counted. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AudiencePerson } from '../store/audience.ts';
import type { AccountRow, Store } from '../store/store.ts';

export interface PersonInFile {
  person: AudiencePerson & { email: string };
  company: AccountRow;
  /** What the list was narrowed to: a segment's name, or its text; empty: nothing. */
  segment: string;
}

/** Who is in no row of the file, and why; counted as the rows are read. */
export interface LeftOut {
  /** Known by the site's own id, or by a name in a file. */
  withoutEmail: number;
  /** Browsers that never said whose they are. */
  namelessBrowsers: number;
  /** The same address at a second company of the list. */
  twice: number;
}

export const nobodyLeftOut = (): LeftOut => ({ withoutEmail: 0, namelessBrowsers: 0, twice: 0 });

/** Companies whose people are read together. */
const perPart = 200;

/**
 * The people of each company in turn, whenever they came.
 * @param leftOut is counted up; whole once the last row was read
 */
export function peopleOf(
  store: Pick<Store, 'audience'>,
  companies: AsyncIterable<AccountRow>,
  { segment, leftOut }: { segment: string; leftOut: LeftOut },
): AsyncIterable<PersonInFile> {
  // Whoever reads the rows may do so from elsewhere; that nobody wants them is known by who asks now.
  const asAsked = AsyncLocalStorage.snapshot();
  const told = new Set<string>();

  async function* ofPart(part: ReadonlyMap<number, AccountRow>): AsyncGenerator<PersonInFile> {
    const { people, namelessBrowsers } = await asAsked(() => store.audience([...part.keys()]));
    leftOut.namelessBrowsers += namelessBrowsers;
    for (const person of people) {
      const company = part.get(person.accountId);
      const email = person.email?.trim().toLowerCase() ?? '';
      if (company === undefined) continue;
      if (email === '') leftOut.withoutEmail += 1;
      else if (told.has(email)) leftOut.twice += 1;
      else {
        told.add(email);
        yield { person: { ...person, email }, company, segment };
      }
    }
  }

  async function* all(): AsyncGenerator<PersonInFile> {
    let part = new Map<number, AccountRow>();
    for await (const company of companies) {
      part.set(company.id, company);
      if (part.size < perPart) continue;
      yield* ofPart(part);
      part = new Map();
    }
    if (part.size > 0) yield* ofPart(part);
  }
  return all();
}
