/** What is said of networks and accounts when sessions are attributed: the look-up, what was taught, the owner's decisions. */
import type { Database } from 'better-sqlite3';
import type { NetworkSay, Say } from '../../identify/attribution.ts';
import { type Ruling, type Rulings, sortRulings } from '../../identify/decision.ts';
import { isTeachable, type Learned, learn, learnedNothing, type Teaching } from '../../identify/learn.ts';
import type { Kind } from '../../reveal/verdict.ts';
import type { Tables } from './tables.ts';

/** Networks kept in memory, with the decision about each; and addresses, with what they were taught. */
const maxKept = 20_000;

export interface StoredSay extends Say {
  /** The decisions in force. */
  rulings(): Rulings;
  /** What an address had been taught at a moment. */
  learned(addressKey: number, at: number): Learned;
  /** Reads the decisions again if there are others; another process may have made one. */
  refresh(): void;
  /** Forgets what an address was taught: it has just been taught more. */
  taught(addressKey: number): void;
  /** Forgets everything in memory: after a rollback some of it may never have been. */
  forget(): void;
}

interface NetworkFacts {
  addressKey: number;
  accountId: number | null;
  kind: Kind;
  restsOnLearning: boolean;
  ruling: Ruling | null;
}

/** @param teaching the table, or the one beside it that `verify` fills */
export function openSay(db: Database, teaching = 'teaching'): StoredSay {
  const findNetwork = db.prepare<
    [number],
    {
      prefix: string;
      address_key: number;
      as_number: number | null;
      account_id: number | null;
      kind: string;
      rests_on_learning: number;
    }
  >(`
    select n.prefix, n.address_key, n.as_number, n.account_id, v.kind, v.rests_on_learning
    from network n join verdict v on v.id = n.verdict_id where n.id = ?`);
  const findTeachings = db.prepare<[number], Tables['teaching']>(
    `select * from ${teaching} where address_key = ?`,
  );
  const findStamp = db
    .prepare<[], string>(`select coalesce(max(id), 0) || '/' || count(undone_at) from decision`)
    .pluck();
  const findRulings = db.prepare<[], Tables['decision'] & { id: number }>(
    'select * from decision where undone_at is null order by id',
  );
  // Changes when another connection has written.
  const findVersion = db.prepare<[], number>('pragma data_version').pluck();
  let version = 0;
  let stamp = '';
  let rulings = sortRulings([]);
  let networks = new Map<number, NetworkFacts>();
  let teachings = new Map<number, Teaching[]>();

  function refresh(): void {
    const seen = findVersion.get() ?? 0;
    if (seen !== version) teachings = new Map();
    version = seen;
    const now = findStamp.get() ?? '';
    if (now === stamp) return;
    stamp = now;
    rulings = sortRulings(findRulings.all().map(rulingOf));
    networks = new Map();
    teachings = new Map();
  }

  function factsOf(networkId: number): NetworkFacts {
    const known = networks.get(networkId);
    if (known !== undefined) return known;
    const row = findNetwork.get(networkId);
    if (row === undefined) throw new Error(`there is no network ${networkId}; the store is damaged`);
    const facts: NetworkFacts = {
      addressKey: row.address_key,
      accountId: row.account_id,
      kind: row.kind as Kind,
      restsOnLearning: row.rests_on_learning === 1,
      ruling: rulings.ofNetwork({
        prefix: row.prefix,
        addressKey: row.address_key,
        asNumber: row.as_number,
      }),
    };
    if (networks.size >= maxKept) networks = new Map();
    networks.set(networkId, facts);
    return facts;
  }

  function learned(addressKey: number, at: number): Learned {
    const known = teachings.get(addressKey) ?? readTeachings(addressKey);
    return known.length === 0 ? learnedNothing : learn(known, at, rulings.forgottenAt(addressKey));
  }

  function readTeachings(addressKey: number): Teaching[] {
    const found = findTeachings
      .all(addressKey)
      .map((row) => ({
        personId: row.person_id,
        // Two domains of one company do not contradict each other; one that is no company's says nothing.
        accountId: rulings.root(row.account_id),
        firstAt: row.first_at,
        lastAt: row.last_at,
      }))
      .filter(({ accountId }) => {
        const home = rulings.home(accountId);
        return home.accountId !== null || home.isOwn;
      });
    if (teachings.size >= maxKept) teachings = new Map();
    teachings.set(addressKey, found);
    return found;
  }

  function network(networkId: number, at: number): NetworkSay {
    const { addressKey, accountId, kind, restsOnLearning, ruling } = factsOf(networkId);
    if (ruling !== null) {
      return {
        accountId: ruling.says === 'company' ? ruling.targetId : null,
        decisionId: ruling.id,
        isOwn: ruling.says === 'own',
        isLearned: false,
      };
    }
    const plain = { accountId, decisionId: null, isOwn: false, isLearned: false };
    if (accountId !== null && !restsOnLearning) return plain;
    const nobody = { ...plain, accountId: null };
    if (!isTeachable(kind)) return nobody;
    const taught = learned(addressKey, at);
    if (taught.accountId === null) return nobody;
    // The look-up weighed more than what was learned: that stands as long as what was learned still says the same.
    const isStill = accountId !== null && rulings.root(accountId) === taught.accountId;
    return isStill || taught.state === 'learned'
      ? { ...plain, accountId: taught.accountId, isLearned: true }
      : nobody;
  }

  refresh();
  return {
    network,
    home: (accountId) => rulings.home(accountId),
    rulings: () => rulings,
    learned,
    refresh,
    taught: (addressKey) => void teachings.delete(addressKey),
    forget: () => {
      networks = new Map();
      teachings = new Map();
    },
  };
}

export function rulingOf(row: Tables['decision'] & { id: unknown }): Ruling {
  return {
    id: Number(row.id),
    kind: row.kind as Ruling['kind'],
    match: row.match,
    addressKey: row.address_key,
    says: row.says as Ruling['says'],
    accountId: row.account_id,
    targetId: row.target_id,
    madeAt: row.made_at,
  };
}
