/**
 * Visits by source, campaign, country and landing page, a row for each value, site and day, and for each span of days.
 * Kept as differences while events come in, or made anew from all sessions; both ways must end in the same rows.
 */
import type { Database } from 'better-sqlite3';
import type { Session } from '../../identify/session.ts';
import { remember } from '../../remember.ts';
import { dayMs, dayNumber } from '../../time.ts';
import { Dictionary } from './dictionary.ts';
import type { SessionChange } from './session-change.ts';
import { spanDays } from './spans.ts';

/** `aspect` in the store: by what visits are told apart. Numbers are for ever. */
export const aspects = { source: 1, campaign: 2, country: 3, landing: 4 } as const;

/** Where somebody comes from who brought no word of it. */
export const direct = { channel: 'Direct', source: '(direct)' } as const;

/** Networks and arrivals whose values are kept in memory, each. */
const maxRemembered = 20_000;

const noCountry = 0;

/** `DE` as a number, to be told apart without a dictionary; 0: not known. */
function countryNumber(code: string | null): number {
  return code !== null && /^[A-Z]{2}$/.test(code) ? code.charCodeAt(0) * 256 + code.charCodeAt(1) : noCountry;
}

/** The other way; null: not known. */
export function countryCode(value: number): string | null {
  return value === noCountry ? null : String.fromCharCode(value >> 8, value & 255);
}

interface Sum {
  siteId: number;
  aspect: number;
  /** The day, or the span. */
  stretch: number;
  value: number;
  visits: number;
  accountVisits: number;
}

/** Applies a batch's changes. */
export function breakdownStatements(db: Database) {
  const adding = (table: string, stretch: string) =>
    db.prepare(`
      insert into ${table} (site_id, aspect, ${stretch}, value_id, visits, account_visits)
      values (?, ?, ?, ?, ?, ?)
      on conflict do update set visits = visits + excluded.visits,
        account_visits = account_visits + excluded.account_visits`);
  const dropping = (table: string, stretch: string) =>
    db.prepare(`
      delete from ${table}
      where site_id = ? and aspect = ? and ${stretch} = ? and value_id = ? and visits = 0`);
  const day = { add: adding('breakdown_day', 'day'), drop: dropping('breakdown_day', 'day') };
  const span = { add: adding('breakdown_span', 'span'), drop: dropping('breakdown_span', 'span') };
  const country = db.prepare<[number], string | null>('select country from network where id = ?').pluck();
  const arrival = db.prepare<[number], { channel: string; source: string; campaign: string }>(
    'select channel, source, campaign from arrival where id = ?',
  );
  const origins = new Dictionary(db, 'origin', ['source', 'channel', 'campaign']);

  const openMemory = () => ({
    countryOf: remember(maxRemembered, (networkId) => countryNumber(country.get(Number(networkId)) ?? null)),
    /** An arrival's origin without and with its campaign. */
    originsOf: remember(maxRemembered, (arrivalId) => {
      const { channel, source, campaign } = arrival.get(Number(arrivalId)) ?? { ...direct, campaign: '' };
      return {
        source: origins.id([source, channel, '']),
        campaign: campaign === '' ? null : origins.id([source, channel, campaign]),
      };
    }),
  });
  let memory = openMemory();

  function valuesOf(session: Session): [aspect: number, value: number][] {
    const { source, campaign } = memory.originsOf(String(session.arrivalId ?? ''));
    const values: [number, number][] = [
      [aspects.source, source],
      [aspects.country, memory.countryOf(String(session.networkId))],
      [aspects.landing, session.landingId],
    ];
    return campaign === null ? values : [...values, [aspects.campaign, campaign]];
  }

  function save({ add, drop }: typeof day, sums: Map<string, Sum>): void {
    for (const { siteId, aspect, stretch, value, visits, accountVisits } of sums.values()) {
      if (visits === 0 && accountVisits === 0) continue;
      add.run(siteId, aspect, stretch, value, visits, accountVisits);
      if (visits < 0) drop.run(siteId, aspect, stretch, value);
    }
  }

  return {
    apply(changes: readonly SessionChange[]): void {
      const days = new Map<string, Sum>();
      const spans = new Map<string, Sum>();
      const add = (session: Session | null, sign: 1 | -1) => {
        if (session === null || session.isOwn || session.isOffline) return;
        const { siteId, accountId, startedAt } = session;
        const dayOf = dayNumber(startedAt);
        const spanOf = Math.floor(dayOf / spanDays);
        const accountVisits = accountId === null ? 0 : sign;
        for (const [aspect, value] of valuesOf(session)) {
          addTo(days, { siteId, aspect, stretch: dayOf, value, visits: sign, accountVisits });
          addTo(spans, { siteId, aspect, stretch: spanOf, value, visits: sign, accountVisits });
        }
      };
      for (const { before, after } of changes) {
        if (isCountedAlike(before, after)) continue;
        add(before, -1);
        add(after, 1);
      }
      save(day, days);
      save(span, spans);
    },
    /** After a rollback, the newest origins, networks and arrivals may not exist. */
    forget(): void {
      origins.forget();
      memory = openMemory();
    },
  };
}

/** Most changes are a visit that goes on: nothing here is counted of that. */
function isCountedAlike(before: Session | null, after: Session | null): boolean {
  return (
    before !== null &&
    after !== null &&
    before.startedAt === after.startedAt &&
    before.arrivalId === after.arrivalId &&
    before.networkId === after.networkId &&
    before.landingId === after.landingId &&
    before.accountId === after.accountId &&
    before.isOwn === after.isOwn
  );
}

function addTo(sums: Map<string, Sum>, one: Sum): void {
  const key = `${one.siteId}/${one.aspect}/${one.stretch}/${one.value}`;
  const sum = sums.get(key);
  if (sum === undefined) sums.set(key, one);
  else {
    sum.visits += one.visits;
    sum.accountVisits += one.accountVisits;
  }
}

/** Every origin that sessions may have: before `fillBreakdown`, by whoever may write. */
export function fillOrigins(db: Database): void {
  db.exec(`
    insert or ignore into origin (source, channel, campaign) values ('${direct.source}', '${direct.channel}', '');
    insert or ignore into origin (source, channel, campaign) select distinct source, channel, '' from arrival;
    insert or ignore into origin (source, channel, campaign)
    select distinct source, channel, campaign from arrival where campaign <> '';`);
}

/** Fills empty sums from all sessions. Tables are named so that `verify` can fill others beside the kept ones. */
export function fillBreakdown(db: Database, from: string, into: { day: string; span: string }): void {
  const rows = (aspect: number, value: string, tables: string, where = '') => `
    insert into ${into.day} (site_id, aspect, day, value_id, visits, account_visits)
    select s.site_id, ${aspect}, s.started_at / ${dayMs}, ${value}, count(*), count(s.account_id)
    from ${from} s ${tables} where s.is_own = 0 and s.is_offline = 0 ${where} group by 1, 3, 4;`;
  db.exec(`
    ${rows(
      aspects.source,
      'o.id',
      `left join arrival a on a.id = s.arrival_id
       join origin o on o.source = coalesce(a.source, '${direct.source}')
         and o.channel = coalesce(a.channel, '${direct.channel}') and o.campaign = ''`,
    )}
    ${rows(
      aspects.campaign,
      'o.id',
      `join arrival a on a.id = s.arrival_id
       join origin o on o.source = a.source and o.channel = a.channel and o.campaign = a.campaign`,
      `and a.campaign <> ''`,
    )}
    ${rows(
      aspects.country,
      `case when n.country glob '[A-Z][A-Z]' then unicode(n.country) * 256 + unicode(substr(n.country, 2)) else ${noCountry} end`,
      'join network n on n.id = s.network_id',
    )}
    ${rows(aspects.landing, 's.landing_id', '')}
    insert into ${into.span} (site_id, aspect, span, value_id, visits, account_visits)
    select site_id, aspect, day / ${spanDays}, value_id, sum(visits), sum(account_visits)
    from ${into.day} group by 1, 2, 3, 4;`);
}
