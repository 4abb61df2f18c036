/**
 * Sums over sessions: per account, per account and day or span of days, per site and day, and per network's verdict
 * and day where they are no account's. Kept as differences while events come in, or made anew from all sessions; both
 * ways must end in the same rows.
 */
import type { Database } from 'better-sqlite3';
import type { Session } from '../../identify/session.ts';
import { remember } from '../../remember.ts';
import { dayMs, dayNumber } from '../../time.ts';
import { breakdownStatements, fillBreakdown } from './breakdown.ts';
import type { SessionChange } from './session-change.ts';
import { spanDays } from './spans.ts';

/** How a visit that is no account's came to be so: `standing` of `verdict_day`. */
export const standings = { asSaid: 0, decided: 1, own: 2 } as const;

const standingOf = ({ isOwn, decisionId }: Session) =>
  isOwn ? standings.own : decisionId === null ? standings.asSaid : standings.decided;

interface Sum {
  visits: number;
  accountVisits: number;
  ownVisits: number;
  ownPages: number;
  people: number;
  pages: number;
  forms: number;
  events: number;
  firstAt: number;
  lastAt: number;
  lastStartedAt: number;
}

/** Networks whose verdict is remembered; a visitor comes from one again and again. */
const maxNetworks = 20_000;

/** Applies a batch's changes to the sums. */
export function totalsStatements(db: Database) {
  const addSiteDay = db.prepare(`
    insert into site_day (site_id, day, visits, account_visits, pages, forms, events, own_visits, own_pages)
    values (@siteId, @day, @visits, @accountVisits, @pages, @forms, @events, @ownVisits, @ownPages)
    on conflict do update set visits = visits + excluded.visits, account_visits = account_visits + excluded.account_visits,
      pages = pages + excluded.pages, forms = forms + excluded.forms, events = events + excluded.events,
      own_visits = own_visits + excluded.own_visits, own_pages = own_pages + excluded.own_pages`);
  const dropSiteDay = db.prepare('delete from site_day where site_id = ? and day = ? and events = 0');
  const addAccountDay = db.prepare(`
    insert into account_day (account_id, site_id, day, visits, pages, forms)
    values (@accountId, @siteId, @day, @visits, @pages, @forms)
    on conflict do update set visits = visits + excluded.visits, pages = pages + excluded.pages,
      forms = forms + excluded.forms`);
  const dropAccountDay = db.prepare(
    'delete from account_day where account_id = ? and site_id = ? and day = ? and visits = 0',
  );
  const addAccountSpan = db.prepare(`
    insert into account_span (span, account_id, site_id, visits, pages, forms)
    values (@span, @accountId, @siteId, @visits, @pages, @forms)
    on conflict do update set visits = visits + excluded.visits, pages = pages + excluded.pages,
      forms = forms + excluded.forms`);
  const dropAccountSpan = db.prepare(
    'delete from account_span where span = ? and account_id = ? and site_id = ? and visits = 0',
  );
  const addVerdictDay = db.prepare(`
    insert into verdict_day (day, verdict_id, site_id, standing, visits, pages)
    values (@day, @verdictId, @siteId, @standing, @visits, @pages)
    on conflict do update set visits = visits + excluded.visits, pages = pages + excluded.pages`);
  const dropVerdictDay = db.prepare(
    'delete from verdict_day where day = ? and verdict_id = ? and site_id = ? and standing = ? and visits = 0',
  );
  const verdict = db.prepare<[number], number>('select verdict_id from network where id = ?').pluck();
  // A network's verdict never changes: another answer of the look-up is another network.
  const openVerdicts = () => remember(maxNetworks, (networkId) => verdict.get(Number(networkId)) ?? 0);
  let verdictOf = openVerdicts();
  const breakdown = breakdownStatements(db);
  const addAccount = db.prepare(`
    insert into account_total (account_id, site_id, first_at, last_at, last_started_at, visits, people, pages, forms)
    values (@accountId, @siteId, @firstAt, @lastAt, @lastStartedAt, @visits, @people, @pages, @forms)
    on conflict do update set first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),
      last_started_at = max(last_started_at, excluded.last_started_at), visits = visits + excluded.visits, people = people + excluded.people, pages = pages + excluded.pages,
      forms = forms + excluded.forms`);
  const dropAccount = db.prepare('delete from account_total where account_id = ? and site_id = ?');
  const countAccount = db.prepare(`
    ${accountTotals('account_total', 'where account_id = ? and site_id = ?')}`);

  function apply(changes: readonly SessionChange[]): void {
    breakdown.apply(changes);
    const siteDays = new Map<string, Sum>();
    const accountDays = new Map<string, Sum>();
    const accountSpans = new Map<string, Sum>();
    const verdictDays = new Map<string, Sum>();
    const accounts = new Map<string, Sum>();
    // A minimum and a count of distinct people cannot be taken back by subtraction: these are counted anew.
    const recount = new Set<string>();

    const add = (session: Session, sign: 1 | -1, people: number) => {
      const day = dayNumber(session.startedAt);
      addTo(siteDays, `${session.siteId}/${day}`, session, sign, 0);
      // Of what an import told only the events are counted: nobody came.
      if (session.isOffline) return;
      if (session.accountId === null) {
        const verdictId = verdictOf(String(session.networkId));
        const key = `${day}/${verdictId}/${session.siteId}/${standingOf(session)}`;
        addTo(verdictDays, key, session, sign, 0);
        return;
      }
      addTo(accountDays, `${session.accountId}/${session.siteId}/${day}`, session, sign, 0);
      const span = Math.floor(day / spanDays);
      addTo(accountSpans, `${span}/${session.accountId}/${session.siteId}`, session, sign, 0);
      addTo(accounts, `${session.accountId}/${session.siteId}`, session, sign, people);
    };
    for (const { before, after, bringsPerson } of changes) {
      if (before !== null) add(before, -1, 0);
      if (after !== null) add(after, 1, bringsPerson ? 1 : 0);
      if (before !== null && before.accountId !== null && !before.isOffline) {
        const isSame =
          after !== null &&
          after.accountId === before.accountId &&
          after.personId === before.personId &&
          after.startedAt === before.startedAt &&
          after.endedAt >= before.endedAt;
        if (!isSame) recount.add(`${before.accountId}/${before.siteId}`);
      }
    }

    for (const [key, sum] of siteDays) {
      const [siteId = 0, day = 0] = key.split('/').map(Number);
      addSiteDay.run({ siteId, day, ...columns(sum) });
      if (sum.events < 0) dropSiteDay.run(siteId, day);
    }
    for (const [key, sum] of accountDays) {
      const [accountId = 0, siteId = 0, day = 0] = key.split('/').map(Number);
      addAccountDay.run({ accountId, siteId, day, ...columns(sum) });
      if (sum.visits < 0) dropAccountDay.run(accountId, siteId, day);
    }
    for (const [key, sum] of accountSpans) {
      const [span = 0, accountId = 0, siteId = 0] = key.split('/').map(Number);
      addAccountSpan.run({ span, accountId, siteId, ...columns(sum) });
      if (sum.visits < 0) dropAccountSpan.run(span, accountId, siteId);
    }
    for (const [key, sum] of verdictDays) {
      const [day = 0, verdictId = 0, siteId = 0, standing = 0] = key.split('/').map(Number);
      addVerdictDay.run({ day, verdictId, siteId, standing, ...columns(sum) });
      if (sum.visits < 0) dropVerdictDay.run(day, verdictId, siteId, standing);
    }
    for (const [key, sum] of accounts) {
      const [accountId = 0, siteId = 0] = key.split('/').map(Number);
      if (recount.has(key)) {
        dropAccount.run(accountId, siteId);
        countAccount.run(accountId, siteId);
      } else {
        addAccount.run({ accountId, siteId, ...columns(sum) });
      }
    }
  }

  return {
    apply,
    /** After a rollback, the newest networks may not exist, or be others. */
    forget(): void {
      verdictOf = openVerdicts();
      breakdown.forget();
    },
  };
}

function addTo(sums: Map<string, Sum>, key: string, session: Session, sign: 1 | -1, people: number): void {
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = {
      visits: 0,
      accountVisits: 0,
      ownVisits: 0,
      ownPages: 0,
      people: 0,
      pages: 0,
      forms: 0,
      events: 0,
      firstAt: session.startedAt,
      lastAt: session.endedAt,
      lastStartedAt: session.startedAt,
    };
    sums.set(key, sum);
  }
  const visits = session.isOffline ? 0 : sign;
  sum.visits += visits;
  sum.accountVisits += session.accountId === null ? 0 : visits;
  sum.ownVisits += session.isOwn ? visits : 0;
  sum.ownPages += session.isOwn ? sign * session.pages : 0;
  sum.people += people;
  sum.pages += sign * session.pages;
  sum.forms += sign * session.forms;
  sum.events += sign * session.events;
  sum.firstAt = Math.min(sum.firstAt, session.startedAt);
  sum.lastAt = Math.max(sum.lastAt, session.endedAt);
  sum.lastStartedAt = Math.max(sum.lastStartedAt, session.startedAt);
}

/** better-sqlite3 refuses names that a statement does not have only when they are missing, not when there are more. */
function columns(sum: Sum): Record<string, number> {
  return { ...sum };
}

function accountTotals(table: string, where: string, sessions = 'session'): string {
  return `
    insert into ${table} (account_id, site_id, first_at, last_at, last_started_at, visits, people, pages, forms)
    select account_id, site_id, min(started_at), max(ended_at), max(started_at), count(*),
      count(distinct coalesce(person_id, -visitor_id)), sum(pages), sum(forms)
    from ${sessions} ${where} and is_offline = 0 group by account_id, site_id`;
}

/** Fills empty sums from all sessions. Tables are named so that `verify` can fill others beside the kept ones. */
export function fillTotals(
  db: Database,
  from: string,
  into: {
    siteDay: string;
    accountDay: string;
    accountSpan: string;
    accountTotal: string;
    verdictDay: string;
    breakdownDay: string;
    breakdownSpan: string;
  },
): void {
  db.exec(`
    insert into ${into.siteDay} (site_id, day, visits, account_visits, pages, forms, events, own_visits, own_pages)
    select site_id, started_at / ${dayMs}, sum(is_offline = 0), sum(account_id is not null and is_offline = 0), sum(pages), sum(forms), sum(events),
      sum(is_own and is_offline = 0), sum(is_own * pages)
    from ${from} group by 1, 2;

    insert into ${into.accountDay} (account_id, site_id, day, visits, pages, forms)
    select account_id, site_id, started_at / ${dayMs}, count(*), sum(pages), sum(forms)
    from ${from} where account_id is not null and is_offline = 0 group by 1, 2, 3;

    insert into ${into.accountSpan} (span, account_id, site_id, visits, pages, forms)
    select started_at / ${dayMs * spanDays}, account_id, site_id, count(*), sum(pages), sum(forms)
    from ${from} where account_id is not null and is_offline = 0 group by 1, 2, 3;

    insert into ${into.verdictDay} (day, verdict_id, site_id, standing, visits, pages)
    select s.started_at / ${dayMs}, n.verdict_id, s.site_id,
      case when s.is_own = 1 then ${standings.own} when s.decision_id is null then ${standings.asSaid}
        else ${standings.decided} end,
      count(*), sum(s.pages)
    from ${from} s join network n on n.id = s.network_id
    where s.account_id is null and s.is_offline = 0 group by 1, 2, 3, 4;

    ${accountTotals(into.accountTotal, 'where account_id is not null', from)};`);
  fillBreakdown(db, from, { day: into.breakdownDay, span: into.breakdownSpan });
}
