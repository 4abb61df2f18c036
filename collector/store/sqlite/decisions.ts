/** Takes in what the owner decides, and moves the visits that it is about; one transaction each. */
import type { Database } from 'better-sqlite3';
import { accountOfOwner } from '../../identify/account.ts';
import { type Ruling, scopeOf } from '../../identify/decision.ts';
import type { Session } from '../../identify/session.ts';
import { covers } from '../../reveal/address.ts';
import type { Deed, NewAuditEntry } from '../audit.ts';
import { DecisionRefused, type Moved, type NewDecision } from '../store.ts';
import type { AccountIds } from './account-row.ts';
import { ActivityChange, activityStatements } from './activity.ts';
import { reattribute } from './fold.ts';
import { rulingOf, type StoredSay } from './say.ts';
import type { SessionChange } from './session-change.ts';
import { allTime, sessionStatements } from './session-row.ts';
import { openSubjects } from './subject.ts';
import type { Tables } from './tables.ts';
import { totalsStatements } from './totals.ts';

/** Names told at most of where visits came from and went to. */
const maxNames = 3;

type Row = Tables['decision'] & { id: number };

/** How each kind stands in the log of who did what. */
const deedOf: { [Kind in Ruling['kind']]: Deed } = {
  network: 'rule',
  merge: 'merge',
  split: 'split',
  never: 'rule',
  own: 'rule',
  parent: 'rule',
  forget: 'rule',
};

/**
 * @param audit writes into the transaction that is open
 * @returns `decide` and `undo`, which give the number of the decision
 */
export function decisionStatements(
  db: Database,
  say: StoredSay,
  accounts: AccountIds,
  audit: (entry: NewAuditEntry, now: number) => void,
) {
  const sessions = sessionStatements(db);
  const totals = totalsStatements(db);
  const subjects = openSubjects(db, { canAdd: true });
  const activity = activityStatements(db, subjects);
  const insert = db
    .prepare<[Record<string, string | number | null>], number>(`
    insert into decision (kind, match, address_key, says, account_id, target_id, note, made_by, made_at)
    values (@kind, @match, @addressKey, @says, @accountId, @targetId, @note, @by, @now) returning id`)
    .pluck();
  const find = db.prepare<[number], Row>('select * from decision where id = ?');
  const markUndone = db.prepare('update decision set undone_by = ?, undone_at = ? where id = ?');
  const setMoved = db.prepare('update decision set moved = ? where id = ?');
  const nameOf = db.prepare<[number], string>('select name from account where id = ?').pluck();
  const networksByKey = db.prepare<[number], number>('select id from network where address_key = ?').pluck();
  const networksByAs = db.prepare<[number], number>('select id from network where as_number = ?').pluck();
  const prefixes = db.prepare<[], string>('select distinct prefix from network').pluck();
  const networksByPrefix = db
    .prepare<[string], number>('select id from network where prefix in (select value from json_each(?))')
    .pluck();
  const taughtBy = db
    .prepare<[string], number>(
      'select distinct address_key from teaching where account_id in (select value from json_each(?))',
    )
    .pluck();

  function networksOf(ruling: Ruling): number[] {
    if (ruling.addressKey !== null) return networksByKey.all(ruling.addressKey);
    const scope = scopeOf(ruling.match ?? '');
    if (scope === null) return [];
    if ('asNumber' in scope) return networksByAs.all(scope.asNumber);
    const within = prefixes.all().filter((prefix) => covers(scope.range, prefix));
    return networksByPrefix.all(JSON.stringify(within));
  }

  /** Every visit that a decision can move, as it stands before; asked before and after, for either may know more. */
  function* touchedBy(ruling: Ruling): Generator<Session> {
    const { kind, accountId } = ruling;
    if (kind === 'network' || kind === 'forget') {
      for (const id of networksOf(ruling)) yield* sessions.ofNetwork(id, allTime);
      return;
    }
    if (kind === 'parent' || accountId === null) return;
    // Whatever the account's visits are now, they are where it ends.
    const home = say.rulings().home(accountId);
    if (home.accountId !== null) yield* sessions.ofAccount(home.accountId);
    if (home.decisionId !== null) yield* sessions.ofDecision(home.decisionId);
    const members = say.rulings().members(accountId);
    for (const key of taughtBy.all(JSON.stringify(members)))
      for (const id of networksByKey.all(key)) yield* sessions.ofNetwork(id, allTime);
  }

  function move(ruling: Ruling, change: () => void): Moved {
    const before = [...touchedBy(ruling)];
    change();
    say.refresh();
    const changes = reattribute(sessions, say, before);
    totals.apply(changes);
    const did = new ActivityChange();
    activity.changed(did, changes);
    activity.save(did);
    return movedOf(changes, (id) => nameOf.get(id) ?? null);
  }

  function refuse(decision: Bound): void {
    const { kind, accountId, targetId } = decision;
    for (const id of [accountId, targetId])
      if (id !== null && nameOf.get(id) === undefined)
        throw new DecisionRefused(`there is no account ${id}; it may have been mistyped`);
    const rulings = say.rulings();
    if (kind === 'split' && accountId !== null && rulings.root(accountId) === accountId)
      throw new DecisionRefused('this account stands alone already');
    if (accountId === null || targetId === null) return;
    if (kind === 'merge' && rulings.root(accountId) === rulings.root(targetId))
      throw new DecisionRefused('these two are one account already');
    if (kind !== 'parent') return;
    const seen = new Set<number>();
    for (let at: number | null = rulings.root(targetId); at !== null; at = rulings.parent(at)) {
      if (at === rulings.root(accountId))
        throw new DecisionRefused('a company cannot be part of itself, or of one of its own parts');
      if (seen.has(at)) break;
      seen.add(at);
    }
  }

  const decide = db.transaction((decision: NewDecision, by: string, now: number): number => {
    say.refresh();
    const bound = bind(decision, accounts, say);
    refuse(bound);
    let id = 0;
    const ruling: Ruling = { id, madeAt: now, ...bound };
    const moved = move(ruling, () => {
      id = insert.get({ ...bound, note: decision.note, by, now }) ?? 0;
    });
    setMoved.run(JSON.stringify(moved), id);
    log(deedOf[ruling.kind], { ...ruling, id }, by, moved, now);
    return id;
  });

  /** Who did what, in names: numbers mean nothing to whoever reads the log. */
  function log(what: Deed, ruling: Ruling, who: string, { visits }: Moved, now: number): void {
    const named = (id: number | null) => (id === null ? null : (nameOf.get(id) ?? null));
    const { id, kind, match, says, accountId, targetId } = ruling;
    const subject = [match, named(accountId)].find((name) => name !== null) ?? '';
    const told = { is: says, company: match === null ? null : named(accountId), target: named(targetId) };
    const known = Object.entries(told).filter(([, value]) => value !== null);
    audit({ who, what, subject, detail: { decision: id, kind, ...Object.fromEntries(known), visits } }, now);
  }

  const undo = db.transaction((id: number, by: string, now: number): number => {
    say.refresh();
    const row = find.get(id);
    if (row === undefined) throw new DecisionRefused(`there is no decision ${id}`);
    if (row.undone_at !== null) throw new DecisionRefused('this has been undone already');
    const ruling = rulingOf(row);
    const moved = move(ruling, () => {
      markUndone.run(by, now, id);
      say.refresh();
      if (ruling.kind !== 'parent' && ruling.accountId !== null && say.rulings().isCircular(ruling.accountId))
        throw new DecisionRefused('a later merge rests on this; undo that one first');
    });
    setMoved.run(JSON.stringify(moved), id);
    log('undo', ruling, by, moved, now);
    return id;
  });

  const guarded = <Given extends unknown[]>(run: (...given: Given) => number) => {
    return (...given: Given): number => {
      try {
        return run(...given);
      } catch (error) {
        // What was read within the transaction is no longer so.
        accounts.forget();
        totals.forget();
        subjects.forget();
        say.forget();
        say.refresh();
        throw error;
      }
    };
  };
  return { decide: guarded(decide.immediate), undo: guarded(undo.immediate) };
}

interface Bound extends Record<string, string | number | null> {
  kind: Ruling['kind'];
  match: string | null;
  addressKey: number | null;
  says: Ruling['says'];
  accountId: number | null;
  targetId: number | null;
}

const unbound = { match: null, addressKey: null, says: null, accountId: null, targetId: null } as const;

/** A decision as its row; an account that it names by words is made where it was not known. */
function bind(decision: NewDecision, accounts: AccountIds, say: StoredSay): Bound {
  switch (decision.kind) {
    case 'network': {
      const { kind, match, addressKey, says, accountId } = decision;
      const named = typeof says === 'string' ? null : accounts.id(accountOfOwner(says, null, 'rule'));
      const word = typeof says === 'string' ? says : 'company';
      return { ...unbound, kind, match, addressKey, says: word, accountId, targetId: named };
    }
    case 'forget':
      return { ...unbound, kind: 'forget', match: decision.match, addressKey: decision.addressKey };
    case 'alias': {
      const { accountId: targetId, domain } = decision;
      const company = { name: domain, domain };
      const accountId = accounts.id({ ...accountOfOwner(company, null, 'rule'), nameRank: 0 });
      return { ...unbound, kind: 'merge', accountId, targetId: say.rulings().root(targetId) };
    }
    case 'merge': {
      const rulings = say.rulings();
      return {
        ...unbound,
        kind: 'merge',
        accountId: rulings.root(decision.accountId),
        targetId: rulings.root(decision.targetId),
      };
    }
    case 'parent':
      return { ...unbound, kind: 'parent', accountId: decision.accountId, targetId: decision.targetId };
    default:
      return { ...unbound, kind: decision.kind, accountId: decision.accountId };
  }
}

function movedOf(changes: readonly SessionChange[], nameOf: (id: number) => string | null): Moved {
  const from = new Map<number | null, number>();
  const to = new Map<number | null, number>();
  const visitors = new Set<number>();
  let visits = 0;
  for (const { before, after } of changes) {
    if (before === null || after === null) continue;
    if (before.accountId === after.accountId && before.isOwn === after.isOwn) continue;
    visits += 1;
    visitors.add(after.visitorId);
    from.set(before.accountId, (from.get(before.accountId) ?? 0) + 1);
    to.set(after.accountId, (to.get(after.accountId) ?? 0) + 1);
  }
  const top = (counts: Map<number | null, number>) =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, maxNames)
      .map(([id, count]) => ({ name: id === null ? null : nameOf(id), visits: count }));
  return { visits, visitors: visitors.size, from: top(from), to: top(to) };
}
