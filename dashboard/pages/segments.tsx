/** The segments that somebody keeps, and those that are shared: how many companies are in each, and who is new. */
import { readSegment } from '../../collector/segment/index.ts';
import type { SavedSegment, SegmentNews } from '../../collector/store/segments.ts';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { unlessGivenUp } from '../look-at-segment.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { TellMe } from '../parts/tell-me.tsx';
import { mayChangeSegment, type User } from '../roles.ts';
import { number } from '../words.ts';

/** Segments that are counted as the page is opened; further ones when they are looked at. */
const maxCounted = 40;

interface Listed extends SavedSegment {
  /** Null: not counted, or it took too long. */
  news: SegmentNews | null;
  problem: string | null;
}

async function listed(house: House, user: User): Promise<Listed[]> {
  const [saved, names] = await Promise.all([house.store.savedSegments(user.email), house.store.knownNames()]);
  return Promise.all(
    saved.map(async (segment, index): Promise<Listed> => {
      const read = readSegment(segment.expression, names);
      if (read.problem !== null) return { ...segment, news: null, problem: read.problem.says };
      if (index >= maxCounted) return { ...segment, news: null, problem: null };
      const asked = { segment: read.segment, now: house.now() };
      const news = await house.store.segmentNews(asked, segment.id, user.email).catch(unlessGivenUp);
      return { ...segment, news, problem: null };
    }),
  );
}

function New({ news }: { news: SegmentNews | null }) {
  if (news === null) return <>–</>;
  if (news.unseen === null) return <span class="field-hint">not looked at yet</span>;
  return news.unseen === 0 ? <>–</> : <span class="badge badge-new">{number(news.unseen)} new</span>;
}

function SegmentsTable({
  segments,
  user,
  told,
  caption,
}: {
  segments: readonly Listed[];
  user: User;
  /** Segments that they are told of. */
  told: ReadonlySet<number>;
  caption: string;
}) {
  return (
    <table class="list list-segments">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Segment</th>
          <th scope="col">Companies where</th>
          <th scope="col" class="number">
            Companies
          </th>
          <th scope="col">Since you looked</th>
          <th scope="col">
            <span class="hidden">Change</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {segments.map((segment) => (
          <tr>
            <th scope="row">
              <a href={`/accounts?segment=${segment.id}`}>{segment.name}</a>
              {segment.owner !== user.email && <span class="claim-domain">by {segment.owner}</span>}
              {segment.owner === user.email && segment.isShared && <span class="claim-domain">shared</span>}
            </th>
            <td data-label="Where">
              <code class="segment-text">{segment.expression}</code>
              {segment.problem !== null && <p class="field-error">{segment.problem}</p>}
            </td>
            <td data-label="Companies" class="number">
              {segment.news === null ? '–' : number(segment.news.total)}
            </td>
            <td data-label="New">
              <New news={segment.news} />
            </td>
            <td>
              <div class="segment-actions">
                <TellMe segment={segment} isTold={told.has(segment.id)} />
                <a
                  class="button button-small"
                  href={`/segments/${segment.id}/edit`}
                  aria-label={`${mayChangeSegment(user, segment) ? 'Change' : 'Open'} ${segment.name}`}
                >
                  {mayChangeSegment(user, segment) ? 'Change' : 'Open'}
                </a>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function segmentsPage(house: House): Page {
  return async (c) => {
    const user = c.get('user');
    const [all, rules] = await Promise.all([listed(house, user), house.store.alertRules(user.email)]);
    const told = new Set(rules.map(({ segmentId }) => segmentId));
    const own = all.filter(({ owner }) => owner === user.email);
    const others = all.filter(({ owner }) => owner !== user.email);
    return render(
      c,
      house,
      { title: 'Segments', place: 'segments' },
      <>
        <div class="page-head">
          <h1>Segments</h1>
          <span class="page-actions">
            <a class="button button-primary" href="/segments/new">
              <Icon name="plus" />
              New segment
            </a>
          </span>
        </div>
        <p class="lead">Lists that keep themselves: whoever fits is in, whoever does not any more is out.</p>
        {all.length === 0 && (
          <section class="card card-list">
            <EmptyState
              icon="search"
              title="No segments yet"
              action={{ href: '/segments/new', label: 'Write the first one' }}
            >
              Companies that read the prices twice this week, that are new from a country, that created
              projects and invited people: say it once, and the list is always there.
            </EmptyState>
          </section>
        )}
        {own.length > 0 && (
          <section class="card card-list" aria-labelledby="own">
            <h2 id="own" class="list-title">
              Yours
            </h2>
            <SegmentsTable segments={own} user={user} told={told} caption="Your segments" />
          </section>
        )}
        {others.length > 0 && (
          <section class="card card-list" aria-labelledby="shared">
            <h2 id="shared" class="list-title">
              Shared with you
            </h2>
            <SegmentsTable segments={others} user={user} told={told} caption="Segments that others share" />
          </section>
        )}
      </>,
    );
  };
}
