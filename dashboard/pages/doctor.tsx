/** Whether visits come from their visitors’ own addresses, and what to do where they do not. */
import type { Context } from 'hono';
import type { Diagnosis } from '../../collector/doctor/diagnosis.ts';
import { looksAt } from '../../collector/doctor/diagnosis.ts';
import type { Dismissal } from '../../collector/doctor/index.ts';
import {
  diagnosisWords,
  likelyProxy,
  type Remedy,
  remedies,
  subjectWords,
  trustedWords,
} from '../../collector/doctor/words.ts';
import { readForm } from '../form.ts';
import { type Env, type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Icon } from '../parts/icon.tsx';
import { SeenAs, seenAs } from '../parts/seen-as.tsx';
import { counted, date } from '../words.ts';

function Lines({ id, lines }: { id: string; lines: string }) {
  return (
    <div class="snippet">
      <pre id={id} tabindex={0}>
        <code>{lines}</code>
      </pre>
      <button type="button" class="button" data-copy={id} hidden>
        <Icon name="copy" />
        <span data-copy-label>Copy</span>
      </button>
    </div>
  );
}

function Finding({ diagnosis, trusted }: { diagnosis: Diagnosis; trusted: string }) {
  return (
    <section class="card" aria-labelledby="finding">
      <p class="signal signal-bad">
        <span class="signal-lamp" aria-hidden="true" />
        <strong id="finding">{diagnosisWords(diagnosis)}</strong>
      </p>
      <p>
        {counted(diagnosis.visits, 'visit')} of {counted(diagnosis.visitors, 'browser')} within a day seem to
        come from <code>{diagnosis.prefixes.join(', ')}</code>: most likely {likelyProxy(diagnosis)}.
      </p>
      <p class="muted">
        Until it is mended, these visits are stored, but no company is taken from their address. What a
        visitor tells by a business e-mail counts all the same.
      </p>
      <h2>1. Name the proxy</h2>
      <p>Start Footlight with this, so that it believes what the proxy says of the visitor’s address:</p>
      <Lines id="trusted" lines={`FOOTLIGHT_TRUSTED_PROXIES=${trusted}`} />
      <p class="muted">
        In Docker, a container’s address changes; there, name its whole network, such as 172.18.0.0/16.
      </p>
    </section>
  );
}

function Remedies({ list, isFirst }: { list: readonly Remedy[]; isFirst: boolean }) {
  return (
    <section class="card" aria-labelledby="remedies">
      <h2 id="remedies">{isFirst ? 'Behind a proxy' : '2. Let the proxy pass the address on'}</h2>
      {list.map(({ name, file, lines, note }) => (
        <details class="remedy" open={!isFirst && name === 'nginx'}>
          <summary>
            <span>
              <strong>{name}</strong> <span class="muted">{file}</span>
            </span>
            <Icon name="down" />
          </summary>
          <Lines id={`lines-${name.toLowerCase()}`} lines={lines} />
          <p class="muted">{note}</p>
        </details>
      ))}
    </section>
  );
}

function Dismiss({ diagnosis }: { diagnosis: Diagnosis }) {
  return (
    <section class="card" aria-labelledby="right">
      <h2 id="right">It is right as it is?</h2>
      <p class="muted">
        If these are visitors, say an office that most of your visitors share, say so:{' '}
        {subjectWords(diagnosis)} will not be taken for a proxy again.
      </p>
      <form method="post" action="/doctor/dismiss">
        <input type="hidden" name="subject" value={diagnosis.subject} />
        <button type="submit" class="button">
          This is right: they are visitors
        </button>
      </form>
    </section>
  );
}

function Dismissed({ list }: { list: readonly Dismissal[] }) {
  return (
    <section class="card" aria-labelledby="dismissed">
      <h2 id="dismissed">Called right</h2>
      <ul>
        {list.map(({ subject, is, at }) => (
          <li class="dismissed-item">
            <span>
              {is} <span class="muted">since {date(at)}</span>
            </span>
            <form method="post" action="/doctor/watch">
              <input type="hidden" name="subject" value={subject} />
              <button type="submit" class="button button-small" aria-label={`Watch ${is} again`}>
                Watch again
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AllWell() {
  return (
    <section class="card">
      <p class="signal signal-on">
        <span class="signal-lamp" aria-hidden="true" />
        <strong>Nothing speaks against the addresses of the latest visits</strong>
      </p>
      <p class="muted">
        The latest {looksAt.limit} visits of a day are looked at, once there are 50 of ten browsers.
      </p>
    </section>
  );
}

export function doctorPage(house: House): Page {
  return async (c) => {
    const { doctor } = house;
    const diagnosis = await doctor.look();
    c.set('diagnosis', diagnosis);
    const dismissed = await doctor.dismissed();
    const { hostname } = new URL(ownOrigin(house, c));
    return render(
      c,
      house,
      { title: 'Visitors’ addresses', place: 'health', scripts: ['copy'], banner: false },
      <div class="narrow doctor">
        <h1>Visitors’ addresses</h1>
        {diagnosis === null ? (
          <AllWell />
        ) : (
          <Finding diagnosis={diagnosis} trusted={trustedFor(house, c, diagnosis)} />
        )}
        <Remedies list={remedies(diagnosis, hostname, doctor.port)} isFirst={diagnosis === null} />
        <SeenAs seen={seenAs(house, c)} isOnDoctor />
        {diagnosis !== null && <Dismiss diagnosis={diagnosis} />}
        {dismissed.length > 0 && <Dismissed list={dismissed} />}
      </div>,
    );
  };
}

/** With the very address where this request came through the proxy in question: addresses are not kept. */
function trustedFor(house: House, c: Context<Env>, diagnosis: Diagnosis): string {
  const peer = house.peerAddress(c);
  return trustedWords(diagnosis, {
    trusted: house.doctor.trusted,
    peer: house.doctor.isMeant(peer) ? peer : null,
  });
}

const log = (house: House, who: string, subject: string) =>
  house.store.record({ who, what: 'settings', subject }, house.now());

export function dismissDiagnosis(house: House): Page {
  return async (c) => {
    const subject = (await readForm(c))('subject');
    const diagnosis = await house.doctor.look();
    // Something else by now, or nothing: then the page says so.
    if (diagnosis !== null && diagnosis.subject === subject) {
      const is = subjectWords(diagnosis);
      await house.doctor.dismiss({ subject, is, at: house.now() });
      await log(house, c.get('user').email, `right as it is: visits from ${is}`);
    }
    return c.redirect('/doctor', 303);
  };
}

export function watchAgain(house: House): Page {
  return async (c) => {
    await house.doctor.watchAgain((await readForm(c))('subject'));
    await log(house, c.get('user').email, 'visitors’ addresses watched again');
    return c.redirect('/doctor', 303);
  };
}
