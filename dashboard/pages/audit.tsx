/** Who did what: sign-ins, data taken away or in, decisions, keys, users, settings. Newest first. */
import { z } from 'zod';
import { auditColumns, detailWords } from '../../collector/deliver/formats/audit.ts';
import { formats } from '../../collector/deliver/formats/index.ts';
import { type AuditEntry, type AuditQuery, deedNames, deeds } from '../../collector/store/audit.ts';
import { counted } from '../counted.ts';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AccessTabs } from '../parts/access-tabs.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { dateTime } from '../words.ts';

const rowsPerPage = 50;
/** Entries of a file that are read at once. */
const perRead = 500;

const shape = z.object({
  what: z.enum(deedNames).nullable().catch(null),
  who: z
    .string()
    .transform((who) => who.trim().slice(0, 320) || null)
    .catch(null),
  before: z.coerce.number().int().positive().nullable().catch(null),
});
type Filter = z.infer<typeof shape>;

const readFilter = (query: Record<string, string>): Filter =>
  shape.parse({ what: query.what || null, who: query.who, before: query.before || null });

function href(path: string, { what, who }: Filter, before: number | null = null): string {
  const parameters = Object.entries({ what, who, before }).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, String(value)]],
  );
  return parameters.length === 0 ? path : `${path}?${new URLSearchParams(parameters)}`;
}

function FilterForm({ filter }: { filter: Filter }) {
  return (
    <form method="get" action="/settings/audit" class="audit-filter">
      <label>
        What
        <select name="what" data-submit>
          <option value="">Everything</option>
          {deedNames.map((name) => (
            <option value={name} selected={name === filter.what}>
              {deeds[name]}
            </option>
          ))}
        </select>
      </label>
      <label>
        Who
        <input
          type="text"
          name="who"
          value={filter.who ?? ''}
          placeholder="anybody"
          autocapitalize="none"
          spellcheck={false}
        />
      </label>
      <button type="submit" class="button">
        Show
      </button>
    </form>
  );
}

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <table class="list list-rules list-audit">
      <caption class="hidden">Who did what</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">With</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <th scope="row">
              <time datetime={new Date(entry.at).toISOString()}>{dateTime(entry.at)}</time>
            </th>
            <td data-label="Who">
              <a href={href('/settings/audit', { what: null, who: entry.who, before: null })}>{entry.who}</a>
            </td>
            <td data-label="What">
              {deeds[entry.what]}
              {entry.subject && <span class="claim-domain">{entry.subject}</span>}
            </td>
            <td data-label="With">{detailWords(entry.detail) || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function auditPage(house: House): Page {
  return async (c) => {
    const filter = readFilter(c.req.query());
    const found = await house.store.audited({ ...filter, limit: rowsPerPage + 1 });
    const entries = found.slice(0, rowsPerPage);
    const last = entries.at(-1);
    const isFiltered = filter.what !== null || filter.who !== null;
    return render(
      c,
      house,
      { title: 'Audit log', place: 'access', scripts: ['filters'] },
      <>
        <div class="page-head">
          <h1>Audit log</h1>
          <a class="button" href={href('/settings/audit.csv', filter)}>
            <Icon name="download" />
            Export CSV
          </a>
        </div>
        <p class="lead">
          Who signed in, took data away or in, decided, and changed settings; in the dashboard, by a key, or
          at the command line. There are no network addresses in it.
        </p>
        <AccessTabs current="audit" />
        <section class="card card-list">
          <FilterForm filter={filter} />
          {entries.length === 0 ? (
            <EmptyState
              icon="calendar"
              title={isFiltered ? 'Nothing of that' : 'Nothing yet'}
              {...(isFiltered && { action: { href: '/settings/audit', label: 'Show everything' } })}
            >
              {isFiltered
                ? 'Nobody did this, as far back as the log goes.'
                : 'It begins with the next sign-in, export or change.'}
            </EmptyState>
          ) : (
            <Entries entries={entries} />
          )}
          {(filter.before !== null || found.length > entries.length) && (
            <nav class="pager" aria-label="Pages">
              {filter.before !== null && (
                <a class="button" href={href('/settings/audit', filter)}>
                  <Icon name="left" />
                  Newest
                </a>
              )}
              {last !== undefined && found.length > entries.length && (
                <a class="button" rel="next" href={href('/settings/audit', filter, last.id)}>
                  Older
                  <Icon name="right" />
                </a>
              )}
            </nav>
          )}
        </section>
      </>,
    );
  };
}

async function* every(house: House, query: Omit<AuditQuery, 'before' | 'limit'>): AsyncGenerator<AuditEntry> {
  for (let before: number | null = null; ; ) {
    const entries: AuditEntry[] = await house.store.audited({ ...query, before, limit: perRead });
    yield* entries;
    before = entries.at(-1)?.id ?? null;
    if (entries.length < perRead) return;
  }
}

/** The same log as a file; that it was taken away is the next entry. */
export function auditFile(house: House): Page {
  return (c) => {
    const { what, who } = readFilter(c.req.query());
    const format = formats.csv;
    const rows = counted(every(house, { what, who }), (sent, whole) =>
      house.store.record(
        {
          who: c.get('user').email,
          what: 'export',
          subject: 'audit log',
          detail: { rows: sent, whole, format: 'csv', what, who },
        },
        house.now(),
      ),
    );
    const day = new Date(house.now()).toISOString().slice(0, 10);
    c.header('content-type', format.contentType);
    c.header('content-disposition', `attachment; filename="footlight-audit-${day}.${format.extension}"`);
    return c.body(ReadableStream.from(format.write(auditColumns, rows)).pipeThrough(new TextEncoderStream()));
  };
}
