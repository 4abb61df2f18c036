/** The first rows of a file as they would be stored, and the rows that would not. */
import type { Child } from 'hono/jsx';
import type { Refused } from '../../collector/receive/import/refusals.ts';
import type { Rows } from '../../collector/receive/import/subjects.ts';
import type { ImportKind } from '../../collector/store/imports.ts';
import { counted, date, dateTime, number } from '../words.ts';

interface Shown<Row> {
  heading: string;
  cell(row: Row): Child;
}

const attributes = (told: Record<string, string>) =>
  Object.entries(told)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');

function Named({ name, below }: { name: string; below: string | null }) {
  return (
    <>
      {name}
      {below && below !== name && <span class="claim-domain">{below}</span>}
    </>
  );
}

const company = (of: { name: string; domain: string | null } | null) =>
  of === null ? '' : <Named name={of.name} below={of.domain} />;

/** The first is the row's heading. */
const columns: { [Kind in ImportKind]: Shown<Rows[Kind]>[] } = {
  touchpoints: [
    { heading: 'When', cell: ({ at, isDay }) => (isDay ? date(at) : dateTime(at)) },
    { heading: 'What', cell: ({ name, title }) => <Named name={name} below={title} /> },
    { heading: 'Company', cell: (row) => company(row.company) },
    {
      heading: 'With',
      cell: ({ person, email }) =>
        person === null && email === null ? '' : <Named name={person ?? email ?? ''} below={email} />,
    },
    {
      heading: 'Amount',
      cell: ({ amount, currency }) =>
        amount === null ? '' : [currency, number(amount)].filter(Boolean).join(' '),
    },
    { heading: 'From', cell: ({ source }) => source },
    {
      heading: 'Note',
      cell: ({ note, attributes: told }) =>
        [note?.slice(0, 120), attributes(told)].filter(Boolean).join(' · '),
    },
  ],
  contacts: [
    {
      heading: 'Person',
      cell: ({ name, email, linkedin }) => <Named name={name ?? email ?? linkedin ?? ''} below={email} />,
    },
    { heading: 'Company', cell: (row) => company(row.company) },
    { heading: 'Title', cell: ({ title, department }) => [title, department].filter(Boolean).join(', ') },
    { heading: 'Buying role', cell: ({ role }) => role ?? '' },
    { heading: 'Phone', cell: ({ phone }) => phone ?? '' },
    { heading: 'More', cell: ({ attributes: told }) => attributes(told) },
  ],
  profiles: [
    { heading: 'Company', cell: ({ name, domain }) => <Named name={name ?? domain ?? ''} below={domain} /> },
    { heading: 'Industry', cell: ({ industry }) => industry ?? '' },
    { heading: 'Size', cell: ({ size }) => size ?? '' },
    { heading: 'Country', cell: ({ country }) => country ?? '' },
    { heading: 'Owner', cell: ({ owner }) => owner ?? '' },
    { heading: 'More', cell: ({ attributes: told }) => attributes(told) },
  ],
};

export function ImportPreview({ kind, rows }: { kind: ImportKind; rows: readonly unknown[] }) {
  const [first, ...rest] = columns[kind] as unknown as Shown<unknown>[];
  return (
    <table class="list list-rules list-preview">
      <caption class="hidden">The first rows as they would be stored</caption>
      <thead>
        <tr>
          {[first, ...rest].map((column) => (
            <th scope="col">{column?.heading}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">{first?.cell(row)}</th>
            {rest.map(({ heading, cell }) => (
              <td data-label={heading}>{cell(row) || '–'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Mistakes({ mistakes, total }: { mistakes: readonly Refused[]; total: number }) {
  return (
    <section class="card" aria-labelledby="mistakes-title">
      <div class="card-head">
        <h2 id="mistakes-title">{counted(total, 'row')} would be left out</h2>
      </div>
      <ul class="import-errors">
        {mistakes.map(({ line, column, says }) => (
          <li>
            <strong>
              Line {number(line)}
              {column && `, ${column}`}
            </strong>
            : {says}
          </li>
        ))}
      </ul>
      {total > mistakes.length && <p class="muted">and {number(total - mistakes.length)} more</p>}
    </section>
  );
}
