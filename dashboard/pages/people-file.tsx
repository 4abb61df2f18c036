/** The people of the companies that a list shows: how many there are and who is left out, and the file of them. */
import type { Context } from 'hono';
import { type LeftOut, nobodyLeftOut, peopleOf } from '../../collector/deliver/audience.ts';
import { formats } from '../../collector/deliver/formats/index.ts';
import { peopleColumns } from '../../collector/deliver/formats/people.ts';
import { filterHref, filterParameters, periodOf, periodWords, readFilter } from '../accounts-filter.ts';
import { segmentOf } from '../asked-segment.ts';
import { counted } from '../counted.ts';
import { begun } from '../first-row.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Icon } from '../parts/icon.tsx';
import { counted as countWords, number } from '../words.ts';
import { problem } from './problem.tsx';

/** What the address asks for; null where its segment cannot be read, with what to say of that. */
async function asked(c: Context<Env>, house: House) {
  const filter = readFilter(c.req.query(), await house.store.sites());
  const user = c.get('user');
  const segment = await segmentOf(house, user, filter);
  if (segment?.asked === null) return { filter, people: null, problem: segment.problem };
  const companies = house.store.eachAccount({
    ...(segment !== null && { segment: segment.asked }),
    siteId: filter.site,
    period: periodOf(filter, house.now()),
    search: filter.q,
    list: { user: user.email, list: filter.list },
    sort: filter.sort,
    descending: filter.dir === 'desc',
  });
  const leftOut = nobodyLeftOut();
  const name = segment?.name ?? '';
  return {
    filter,
    name,
    people: peopleOf(house.store, companies, { segment: name, leftOut }),
    leftOut,
    problem: null,
  };
}

const reasons: Record<keyof LeftOut, string> = {
  namelessBrowsers: 'browsers that never said whose they are',
  withoutEmail: 'people without an e-mail address, known by the site’s own id or by a name alone',
  twice: 'addresses that are at another of these companies too: they are in the file once',
};

export function peopleOfList(house: House): Page {
  return async (c) => {
    const found = await asked(c, house);
    if (found.people === null)
      return problem(c, house, 400, 'This segment cannot be read', found.problem ?? '');
    const { filter, name, people, leftOut } = found;
    let rows = 0;
    const companies = new Set<number>();
    for await (const { company } of people) {
      rows += 1;
      companies.add(company.id);
    }
    return render(
      c,
      house,
      { title: 'People of this list', place: 'accounts' },
      <>
        <a class="back" href={filterHref('/accounts', filter)}>
          <Icon name="left" />
          Companies
        </a>
        <h1>People of this list</h1>
        <p class="lead">
          Everybody at the companies that came {periodWords(filter)}
          {name !== '' && (
            <> and are in {filter.segment === null ? <code>{name}</code> : <strong>{name}</strong>}</>
          )}
          , whenever they came themselves; and whom files of people tell of there.
        </p>
        <section class="card audience" aria-labelledby="in-file">
          <h2 id="in-file">{countWords(rows, 'person', 'people')} with an e-mail address</h2>
          <p>
            At {countWords(companies.size, 'company', 'companies')}. The file has their address, name, title,
            company, and when they were here.
          </p>
          {rows > 0 && (
            <p>
              <a class="button button-primary" href={filterHref('/segments/people.csv', filter)}>
                <Icon name="download" />
                Download CSV
              </a>
            </p>
          )}
        </section>
        <section class="card audience" aria-labelledby="left-out">
          <h2 id="left-out">Left out</h2>
          <dl class="audience-left">
            {(Object.keys(reasons) as (keyof LeftOut)[]).map((reason) => (
              <div>
                <dt>{number(leftOut[reason])}</dt>
                <dd>{reasons[reason]}</dd>
              </div>
            ))}
          </dl>
          <p class="muted">
            Whether somebody agreed to be written to, or shown advertisements, is not known here: take out who
            did not before you hand the file on.
          </p>
        </section>
      </>,
    );
  };
}

export function peopleFile(house: House): Page {
  return async (c) => {
    const found = await asked(c, house);
    if (found.people === null)
      return problem(c, house, 400, 'This segment cannot be read', found.problem ?? '');
    const { filter, people, leftOut } = found;
    const now = house.now();
    const filtered = { period: filter.period, ...Object.fromEntries(filterParameters(filter)) };
    const rows = counted(await begun(people), (sent, whole) =>
      house.store.record(
        {
          who: c.get('user').email,
          what: 'export',
          subject: 'people',
          detail: { rows: sent, whole, format: 'csv', ...leftOut, ...filtered },
        },
        house.now(),
      ),
    );
    const day = new Date(now).toISOString().slice(0, 10);
    c.header('content-type', formats.csv.contentType);
    c.header('content-disposition', `attachment; filename="footlight-people-${day}.csv"`);
    return c.body(
      ReadableStream.from(formats.csv.write(peopleColumns, rows)).pipeThrough(new TextEncoderStream()),
    );
  };
}
