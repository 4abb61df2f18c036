/** The top of a list: what, how many visits, how many of them with a name, and against the period before. */
import type { TrafficRow } from '../../collector/store/traffic.ts';
import { changeOf, signed } from '../comparison.ts';
import { number } from '../words.ts';

interface ListedRow {
  /** What it is, and a second word in small. */
  name: string;
  detail?: string;
  /** Where the companies behind each of them are. */
  href?: string | undefined;
  detailHref?: string | undefined;
}

interface TopListProps<Value> {
  title: string;
  /** Exactly what is counted. */
  hint: string;
  /** Of the first column. */
  label: string;
  rows: readonly TrafficRow<Value>[];
  wordsOf(row: Value): ListedRow;
  /** The period before, in words; null: nothing to compare with. */
  than: string | null;
}

/** A bar of a visit's share of the longest row, with the part that has a name. Numbers beside it say the same. */
function ShareBar({ all, part, most }: { all: number; part: number; most: number }) {
  const wide = (value: number) => Math.round((value / Math.max(1, most)) * 1_000) / 10;
  return (
    <svg
      class="share-bar"
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path class="chart-bars-all" d={`M0 0h${wide(all)}v1H0z`} />
      <path class="chart-bars-named" d={`M0 0h${wide(part)}v1H0z`} />
    </svg>
  );
}

function Change({ now, before, than }: { now: number; before: number; than: string }) {
  const change = changeOf(now, before);
  if (change === null)
    return (
      <span class="muted" title={`Not enough data to compare: ${number(before)} in ${than}`}>
        –<span class="hidden">not enough data</span>
      </span>
    );
  return (
    <span title={`${number(before)} in ${than}`}>
      {signed(change)}
      {change !== 0 && <span class="hidden"> {change > 0 ? 'more' : 'fewer'}</span>}
    </span>
  );
}

/** A value that leads to its companies, where there are some. */
function Leading({ text, href }: { text: string; href: string | undefined }) {
  return href === undefined ? text : <a href={href}>{text}</a>;
}

export function TopList<Value>({ title, hint, label, rows, wordsOf, than }: TopListProps<Value>) {
  const most = Math.max(0, ...rows.map(({ visits }) => visits));
  return (
    <section class="card top">
      <h2>{title}</h2>
      <p class="muted">{hint}</p>
      {rows.length === 0 ? (
        <p class="top-none">None in this period.</p>
      ) : (
        <table class="plain top-list">
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{label}</th>
              <th scope="col">Visits</th>
              <th scope="col">Named</th>
              {than !== null && <th scope="col">Change</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { name, detail, href, detailHref } = wordsOf(row);
              const hasCompanies = row.accountVisits > 0;
              return (
                <tr>
                  <th scope="row">
                    <span class="top-name">
                      <Leading text={name} href={hasCompanies ? href : undefined} />
                    </span>
                    {detail && (
                      <span class="top-detail">
                        <Leading text={detail} href={hasCompanies ? detailHref : undefined} />
                      </span>
                    )}
                    <ShareBar all={row.visits} part={row.accountVisits} most={most} />
                  </th>
                  <td>{number(row.visits)}</td>
                  <td>{number(row.accountVisits)}</td>
                  {than !== null && (
                    <td>
                      <Change now={row.visits} before={row.before?.visits ?? 0} than={than} />
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
