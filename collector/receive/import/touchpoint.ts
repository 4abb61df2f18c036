/** Calls, meetings, tickets, payments and the like from a file: each row a draft of the one road into the store. */
import { hash } from 'node:crypto';
import type { Draft } from '../../draft.ts';
import { companyOfRow } from '../../identify/row-company.ts';
import type { KeyedHash } from '../../keyed-hash.ts';
import type { Site } from '../../store/store.ts';
import type { NoRow, Subject } from './subject.ts';
import { touchpointKindOf } from './touchpoint-kind.ts';
import { amountOf, currencyOf, domainOf, emailOf, isWrong } from './values.ts';

/** The other side's clock may be this much ahead of ours. */
const maxAheadMs = 5 * 60_000;
/** Tickets and payments are older than the web, but no CRM has any from before there were computers in offices. */
const oldest = Date.UTC(1970, 0, 1);

const max = 300;

/** A row, checked. */
export interface TouchpointRow {
  at: number;
  /** As the file has it: a day whose noon is yet to come happened, but is said to have by noon. */
  saidAt: number;
  isDay: boolean;
  kind: ReturnType<typeof touchpointKindOf>['kind'];
  name: string;
  title: string | null;
  note: string | null;
  amount: number | null;
  currency: string | null;
  source: string;
  /** As the tool that it is from knows it. */
  id: string | null;
  /** The person's business e-mail, by which it is their account's. */
  email: string | null;
  person: string | null;
  company: { name: string; domain: string | null };
  attributes: Record<string, string>;
}

export const touchpoints: Subject<TouchpointRow> = {
  kind: 'touchpoints',
  fields: [
    {
      name: 'at',
      label: 'Date, or date and time',
      headings: [
        'date',
        'at',
        'datetime',
        'date and time',
        'date time',
        'timestamp',
        'when',
        'activity date',
        'due date',
        'start',
        'start date',
        'start time',
        'created',
        'created at',
        'created (utc)',
        'create date',
        'occurred at',
        'paid at',
        'datum',
      ],
      max,
    },
    { name: 'time', label: 'Time of day', headings: ['time', 'time of day', 'due time', 'uhrzeit'], max },
    {
      name: 'kind',
      label: 'Kind (call, meeting, ticket…)',
      headings: ['kind', 'type', 'activity type', 'channel', 'activity', 'event type', 'art'],
      max,
    },
    {
      name: 'title',
      label: 'Subject',
      headings: [
        'subject',
        'title',
        'name',
        'activity name',
        'topic',
        'summary',
        'description',
        'betreff',
        'event',
      ],
      max,
    },
    {
      name: 'note',
      label: 'Note',
      headings: ['note', 'notes', 'comment', 'comments', 'body', 'activity note', 'details', 'notiz'],
      max: 2_000,
      isCut: true,
    },
    {
      name: 'email',
      label: 'Person’s e-mail',
      headings: [
        'email',
        'e mail',
        'mail',
        'email address',
        'person email',
        'contact email',
        'customer email',
        'requester email',
        'attendee email',
      ],
      max,
    },
    {
      name: 'person',
      label: 'Person’s name',
      headings: [
        'person',
        'contact',
        'contact person',
        'contact name',
        'person name',
        'requester',
        'attendee',
        'ansprechpartner',
      ],
      max,
    },
    {
      name: 'domain',
      label: 'Company’s domain',
      headings: [
        'domain',
        'website',
        'company domain',
        'company domain name',
        'account domain',
        'organization domain',
      ],
      max,
    },
    {
      name: 'account',
      label: 'Company’s name',
      headings: [
        'account',
        'company',
        'company name',
        'account name',
        'company / account',
        'organization',
        'organisation',
        'customer',
        'firma',
        'kunde',
      ],
      max,
    },
    {
      name: 'amount',
      label: 'Amount',
      headings: ['amount', 'value', 'sum', 'total', 'price', 'betrag'],
      max,
    },
    { name: 'currency', label: 'Currency', headings: ['currency', 'währung'], max },
    {
      name: 'source',
      label: 'CRM or tool',
      headings: ['source', 'crm', 'tool', 'system', 'quelle'],
      max: 100,
    },
    {
      name: 'id',
      label: 'Its number there',
      headings: [
        'id',
        'external id',
        'activity id',
        'record id',
        'ticket id',
        'payment id',
        'event id',
        'case number',
      ],
      max,
    },
  ],
  missing(taken) {
    if (!taken.has('at')) return 'no column says when it was; choose the one with the date';
    return ['email', 'domain', 'account'].some((field) => taken.has(field))
      ? null
      : 'no column says with whom it was; choose the one with the e-mail, the domain or the company';
  },
  row(told, { settings, moments, now }) {
    const day = told.of('at');
    if (day === null) return { refused: 'no_time', field: 'at', says: 'is empty; write when it was' };
    const moment = moments(day, told.of('time') ?? '');
    if (typeof moment === 'string') return wrong('bad_date', 'at', `"${day.slice(0, 100)}" ${moment}`);
    const last = now() + maxAheadMs;
    // Of a day that has begun the noon may be to come.
    const at = moment.isDay && moment.at > last ? moment.at - 12 * 3_600_000 : moment.at;
    if (at > last)
      return wrong('clock', 'at', `"${day.slice(0, 100)}" is yet to come; only what was can be taken in`);
    if (at < oldest) return wrong('too_old', 'at', `"${day.slice(0, 100)}" is before 1970; correct the year`);
    const email = told.of('email') === null ? null : emailOf(told.of('email') ?? '');
    if (isWrong(email)) return { ...email, field: 'email' };
    const domain = told.of('domain') === null ? null : domainOf(told.of('domain') ?? '');
    if (isWrong(domain)) return { ...domain, field: 'domain' };
    const money = told.of('amount') === null ? null : amountOf(told.of('amount') ?? '');
    if (isWrong(money)) return { ...money, field: 'amount' };
    const currency =
      told.of('currency') === null ? (money?.currency ?? null) : currencyOf(told.of('currency') ?? '');
    if (isWrong(currency)) return { ...currency, field: 'currency' };
    const found = companyOfRow({ email, domain, account: told.of('account') });
    if (found === null)
      return wrong(
        'no_company',
        null,
        email === null
          ? 'names no company; fill in an e-mail, a domain or a company'
          : `"${email}" is nobody’s business address; fill in the company`,
      );
    const { kind, name } = touchpointKindOf(told.of('kind') ?? settings.kind);
    const person = told.of('person');
    return {
      row: {
        at,
        saidAt: moment.at,
        isDay: moment.isDay,
        kind,
        name,
        title: told.of('title'),
        note: told.of('note'),
        amount: money?.amount ?? null,
        currency,
        source: told.of('source') ?? settings.source,
        id: told.of('id'),
        email: found.byPerson ? email : null,
        // Whom a business e-mail names is said by it; another's is said here.
        person: person ?? (found.byPerson ? null : email),
        company: { name: found.company.name, domain: found.company.domain },
        attributes: told.attributes,
      },
    };
  },
};

function wrong(refused: NoRow['refused'], field: string | null, says: string): NoRow {
  return { refused, field, says };
}

/** A row as an event that goes the way of every other. */
export function draftOf(
  row: TouchpointRow,
  { site, importId, keyed }: { site: Site; importId: number; keyed: Pick<KeyedHash, 'visitorOfId'> },
): Draft {
  const { at, kind, name, title, note, amount, currency, source, email, person, company, attributes } = row;
  const whose =
    email ?? `${company.domain ?? ''}\n${company.domain === null ? company.name.toLowerCase() : ''}`;
  return {
    siteId: site.id,
    eventKey: hash('sha256', meaningOf(row), 'base64url').slice(0, 22),
    via: 'import',
    type: 'track',
    at,
    receivedAt: at,
    visitorKey: keyed.visitorOfId(site.id, 'import', whose),
    address: '',
    userAgent: '',
    page: { host: site.domain, path: '' },
    search: '',
    title: '',
    referrer: '',
    detail: {
      track: {
        name,
        props: {
          ...attributes,
          ...(title !== null && { title }),
          ...(note !== null && { note }),
          ...(amount !== null && { amount }),
          ...(currency !== null && { currency }),
        },
      },
      offline: {
        kind,
        source,
        ...(email === null ? { company } : { email }),
        ...(person !== null && { person }),
        ...(row.isDay && { isDay: true }),
      },
    },
    importId,
  };
}

/** The same for the same touchpoint, also in another file: its number where it is from, else all that it says. */
function meaningOf(row: TouchpointRow): string {
  const { saidAt, name, title, note, amount, currency, person, source, id } = row;
  return JSON.stringify(
    id === null ? [saidAt, name, title, note, amount, currency, person] : [source.toLowerCase(), id],
  );
}
