/** How we came to think that these visits are one person's: their browsers, and what joined each of them. */
import { isHearsay, type Via } from '../../collector/draft.ts';
import type { PersonBrowser, PersonDetail, Telling } from '../../collector/store/person.ts';
import { personPath } from '../person-address.ts';
import { counted, dateTime } from '../words.ts';
import { Moment } from './moment.tsx';

const shownTellings = 12;
const shownBrowsers = 8;

const viaWords: Record<Via, string> = {
  tag: 'by the tag',
  pixel: 'by the pixel',
  log: 'from an access log',
  server: 'by your server',
  import: 'by a file',
};

/** What a browser is, in words. */
function agentWords({ agent }: PersonBrowser): string {
  const { browser, os, device } = agent;
  return [browser, os, device === 'other' ? '' : device].filter(Boolean).join(', ');
}

/** What each browser is called on this page, by its number: the first that was theirs is `Browser 1`. */
export function browserNames(browsers: readonly PersonBrowser[]): Map<number, string> {
  const seen = browsers.filter(({ via }) => !isHearsay(via));
  const ordered = [...seen].sort(
    (one, other) => one.firstAt - other.firstAt || one.visitorId - other.visitorId,
  );
  return new Map(
    browsers.map((browser) => [
      browser.visitorId,
      browser.via === 'import'
        ? 'Told by a file'
        : browser.via === 'server'
          ? 'Your server'
          : `Browser ${ordered.indexOf(browser) + 1}`,
    ]),
  );
}

/** The cause, in words: what was told. */
function causeWords({ by, email, user, was, named }: Telling): string {
  const who = [email, user && `your id ${user}`].filter(Boolean).join(' and ');
  switch (by) {
    case 'identify':
      return was === null ? `identify told ${who}` : `alias told that ${was} is ${who} now`;
    case 'group':
      return `group told ${named}`;
    case 'form':
      return named ? `The form “${named}” told it` : 'A form told it';
    case 'file':
      return `A file of touchpoints names ${email ?? named}`;
    case 'along':
      return `${user ?? 'An id'} came along with what they did`;
  }
}

/** What followed from it. */
function effectWords(telling: Telling, { isThem, wasOther }: { isThem: boolean; wasOther: boolean }): string {
  const { person, visitsBefore, was, email, user, via } = telling;
  if (person === null) return 'Says where they work, not who they are.';
  if (!isThem) return `From here on this browser was ${person.label}’s.`;
  if (wasOther) return 'From here on this browser was theirs.';
  if (visitsBefore !== null && isHearsay(via)) return 'Counts as theirs since.';
  if (visitsBefore !== null && visitsBefore > 0)
    return `Joined this browser to them, with ${counted(visitsBefore, 'visit')} from before.`;
  if (visitsBefore !== null) return 'Joined this browser to them.';
  if (was !== null) return `${was} stands for them since.`;
  if (email !== null && user !== null) return 'Joined the id and the e-mail.';
  return 'Said that it is them.';
}

function Told({
  telling,
  wasOther,
  person,
  names,
  now,
}: {
  telling: Telling;
  /** The browser was somebody else's until then. */
  wasOther: boolean;
  person: PersonDetail;
  names: ReadonlyMap<number, string>;
  now: number;
}) {
  const name = names.get(telling.visitorId);
  const isThem = person.ref.kind === 'person' && telling.person?.id === person.ref.id;
  const other = telling.person !== null && !isThem ? telling.person : null;
  return (
    <li class="telling">
      <p>
        <strong>{causeWords(telling)}</strong>
      </p>
      <p>
        {effectWords(telling, { isThem, wasOther })}
        {other && (
          <>
            {' '}
            <a href={personPath({ kind: 'person', id: other.id })}>
              Their page<span class="hidden">: {other.label}</span>
            </a>
          </>
        )}
      </p>
      <p class="muted">
        <time datetime={new Date(telling.at).toISOString()}>{dateTime(telling.at)}</time>
        {name && ` · ${name}`}
        {telling.path && ` · ${telling.path}`} · {viaWords[telling.via]}
        {telling.times > 1 && (
          <>
            {' '}
            · {counted(telling.times, 'time')}, last <Moment at={telling.lastAt} now={now} />
          </>
        )}
      </p>
    </li>
  );
}

function Browser({ browser, name, now }: { browser: PersonBrowser; name: string | undefined; now: number }) {
  const { via, visits, touchpoints, lastAt } = browser;
  return (
    <li>
      <strong>{name}</strong>
      {!isHearsay(via) && <span>{agentWords(browser)}</span>}
      <span class="muted">
        {via === 'import' ? counted(touchpoints, 'touchpoint') : counted(visits, 'visit')} ·{' '}
        <Moment at={lastAt} now={now} />
        {via === 'log' && ' · guessed from an access log'}
      </span>
    </li>
  );
}

export function PersonIdentity({ person, now }: { person: PersonDetail; now: number }) {
  const { browsers, tellings } = person;
  if (browsers.length === 0 && tellings.length === 0) return null;
  const names = browserNames(browsers);
  const lastIn = new Map<number, number>();
  const told = tellings.map((telling) => {
    const last = lastIn.get(telling.visitorId);
    if (telling.person !== null) lastIn.set(telling.visitorId, telling.person.id);
    const wasOther = telling.person !== null && last !== undefined && last !== telling.person.id;
    return <Told {...{ telling, wasOther, person, now }} names={names} />;
  });
  const seen = browsers.map((browser) => (
    <Browser browser={browser} name={names.get(browser.visitorId)} now={now} />
  ));
  return (
    <section class="card person-card" aria-labelledby="identity-title">
      <div class="card-head">
        <h2 id="identity-title">How we know that it is one person</h2>
        <span class="muted">{counted(browsers.filter(({ via }) => !isHearsay(via)).length, 'browser')}</span>
      </div>
      <ul class="person-browsers">{seen.slice(0, shownBrowsers)}</ul>
      {seen.length > shownBrowsers && (
        <details class="more">
          <summary>{counted(seen.length - shownBrowsers, 'more', 'more')}</summary>
          <ul class="person-browsers">{seen.slice(shownBrowsers)}</ul>
        </details>
      )}
      {told.length === 0 ? (
        <p class="muted">
          Nobody told who this is. When they do, by <code>identify</code> or in a form, all visits of this
          browser become that person’s, and this address leads there.
        </p>
      ) : (
        <>
          <h3>What joined them</h3>
          <p class="muted">
            What was told stays told. What a file or a decision says can be undone: by the links under “Who
            they are” and “Whom they work for”.
          </p>
          <ol class="tellings">{told.slice(0, shownTellings)}</ol>
          {told.length > shownTellings && (
            <details class="more">
              <summary>{counted(told.length - shownTellings, 'more', 'more')}</summary>
              <ol class="tellings">{told.slice(shownTellings)}</ol>
            </details>
          )}
        </>
      )}
    </section>
  );
}
