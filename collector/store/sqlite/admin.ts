/** Reads and writes what the owner sets (sites, rules, settings) and what was refused. */
import type { Kysely, Selectable } from 'kysely';
import type { SiteKey } from '../../../tracker/wire.ts';
import type { DropReason } from '../../receive/reasons.ts';
import { type TagSettings, usualTag } from '../../tag-settings.ts';
import { dayNumber } from '../../time.ts';
import type { DropCount, Overview, Period, Site, Store } from '../store.ts';
import { countAccounts } from './account-count.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** `drop_count` of an unknown site, since a primary key holds no null. */
const noSite = 0;

type Admin = Pick<Store, 'addSite' | 'sites' | 'setTag' | 'countDrops' | 'setting' | 'setSetting'>;

/** @param newKey makes a site's public key */
export function adminQueries(db: Kysely<Tables>, newKey: () => SiteKey): Admin {
  return {
    async addSite(domain, hosts, now) {
      const known = await db.selectFrom('site').selectAll().where('domain', '=', domain).executeTakeFirst();
      if (known) {
        const site = siteOf(known);
        const more = hosts.filter((host) => !site.hosts.includes(host));
        if (more.length === 0)
          throw new Error(`the site ${domain} is there already; its key is ${known.key}`);
        const all = [...site.hosts, ...more];
        await db
          .updateTable('site')
          .set({ hosts: JSON.stringify(all) })
          .where('id', '=', known.id)
          .execute();
        return { ...site, hosts: all };
      }
      const row = await db
        .insertInto('site')
        .values({ key: newKey(), domain, hosts: JSON.stringify(hosts), created_at: now })
        .returningAll()
        .executeTakeFirstOrThrow();
      return siteOf(row);
    },
    async sites() {
      return (await db.selectFrom('site').selectAll().orderBy('id').execute()).map(siteOf);
    },
    async setTag(siteId, tag) {
      const { numUpdatedRows } = await db
        .updateTable('site')
        .set({ tag: JSON.stringify(tag) })
        .where('id', '=', siteId)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new Error(`there is no site ${siteId}`);
    },
    async countDrops(counts) {
      if (counts.length === 0) return;
      await db
        .insertInto('drop_count')
        .values(
          counts.map(({ siteId, day, reason, count }) => ({ site_id: siteId ?? noSite, day, reason, count })),
        )
        .onConflict((on) =>
          on.columns(['site_id', 'day', 'reason']).doUpdateSet((of) => ({
            count: of('drop_count.count', '+', of.ref('excluded.count')),
          })),
        )
        .execute();
    },
    async setting(name) {
      const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value ?? null;
    },
    async setSetting(name, value) {
      await db
        .insertInto('setting')
        .values({ name, value })
        .onConflict((on) => on.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}

/** What pages ask of this. */
export function adminReads(db: Kysely<Tables>): Pick<Store, 'lastEventAt' | 'drops' | 'overview'> {
  return {
    async lastEventAt(siteId) {
      const row = await db
        .selectFrom('event as e')
        .innerJoin('visitor as v', 'v.id', 'e.visitor_id')
        .select('e.received_at')
        .where('e.site_id', '=', siteId)
        // What a file told says nothing of whether the site's tag works.
        .where('v.via', '<>', 'import')
        .where(stillWanted('e.id'))
        .orderBy('e.id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.received_at ?? null;
    },
    async drops(siteId, since) {
      let select = db.selectFrom('drop_count').selectAll().where('day', '>=', since);
      if (siteId !== null) select = select.where('site_id', 'in', [siteId, noSite]);
      const rows = await select.orderBy('day', 'desc').orderBy('count', 'desc').execute();
      return rows.map(
        (row): DropCount => ({
          siteId: row.site_id === noSite ? null : row.site_id,
          day: row.day,
          reason: row.reason as DropReason,
          count: row.count,
        }),
      );
    },
    overview: (siteId, period) => readOverview(db, siteId, period),
  };
}

/** Sums of whole days: a period that starts or ends within a day counts that day whole. */
export async function readOverview(
  db: Kysely<Tables>,
  siteId: number | null,
  period: Period,
): Promise<Overview> {
  const first = dayNumber(period.from);
  const last = dayNumber(period.to - 1);
  let visits = db
    .selectFrom('site_day')
    .select((of) => [
      of.fn.sum<number | null>('visits').as('visits'),
      of.fn.sum<number | null>('account_visits').as('account_visits'),
      of.fn.sum<number | null>('pages').as('pages'),
      of.fn.sum<number | null>('own_visits').as('own_visits'),
      of.fn.sum<number | null>('own_pages').as('own_pages'),
    ])
    .where('day', '>=', first)
    .where('day', '<=', last);
  if (siteId !== null) visits = visits.where('site_id', '=', siteId);
  const sum = await visits.executeTakeFirst();
  const counted = await countAccounts(db, siteId, period);
  return {
    visits: (sum?.visits ?? 0) - (sum?.own_visits ?? 0),
    pages: (sum?.pages ?? 0) - (sum?.own_pages ?? 0),
    ownVisits: sum?.own_visits ?? 0,
    accountVisits: sum?.account_visits ?? 0,
    ...counted,
  };
}

function siteOf(row: Selectable<Tables['site']>): Site {
  return {
    id: row.id,
    key: row.key,
    domain: row.domain,
    hosts: JSON.parse(row.hosts) as string[],
    createdAt: row.created_at,
    // Settings that came with a later version are as usual until they are chosen.
    tag: { ...usualTag, ...(JSON.parse(row.tag) as Partial<TagSettings>) },
  };
}
