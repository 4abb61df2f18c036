/** Whether everything that was sent has arrived: what is stored, what was refused and why, what the data is. */

import { dropReasons } from '../../collector/receive/reasons.ts';
import { type Destination, destinations, type OutboxCounts } from '../../collector/store/outbox.ts';
import type { DropCount, StoreHealth } from '../../collector/store/store.ts';
import { dayMs, isoDay } from '../../collector/time.ts';
import type { House, Page, PipelineHealth } from '../house.ts';
import { render } from '../layout.tsx';
import { CompanyData } from '../parts/company-data.tsx';
import { Completeness } from '../parts/completeness.tsx';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { mayManageAccounts, maySetUp } from '../roles.ts';
import { bytes, duration, number } from '../words.ts';

const shownDays = 14;

function figures(store: StoreHealth, pipeline: PipelineHealth): Figure[] {
  return [
    {
      label: 'Events stored',
      value: number(store.events),
      note: store.bytes > 0 ? bytes(store.bytes) : 'in memory',
    },
    { label: 'Waiting', value: number(pipeline.pending), note: 'for their commit' },
    { label: 'Running for', value: duration(pipeline.uptimeMs), note: `version ${pipeline.version}` },
  ];
}

/** Refusals of one reason, summed over sites, by day with the newest first. */
function byReason(drops: readonly DropCount[]) {
  const reasons = new Map<DropCount['reason'], { total: number; days: Map<string, number> }>();
  for (const { reason, day, count } of drops) {
    const sum = reasons.get(reason) ?? { total: 0, days: new Map() };
    sum.total += count;
    sum.days.set(day, (sum.days.get(day) ?? 0) + count);
    reasons.set(reason, sum);
  }
  return [...reasons].sort(([, left], [, right]) => right.total - left.total);
}

function Drops({ drops }: { drops: readonly DropCount[] }) {
  const reasons = byReason(drops);
  return (
    <section class="card" aria-labelledby="drops">
      <div class="card-head">
        <h2 id="drops">Refused events</h2>
        <span class="muted">last {shownDays} days</span>
      </div>
      {reasons.length === 0 ? (
        <p class="muted">None. Everything that was sent is stored.</p>
      ) : (
        <ul class="drops">
          {reasons.map(([reason, { total, days }]) => (
            <li>
              <details>
                <summary>
                  <span class="drop-words">
                    <code>{reason}</code> {dropReasons[reason].says}
                  </span>
                  <span class="drop-count">
                    <strong>{number(total)}</strong>
                    <Icon name="down" />
                  </span>
                </summary>
                <table class="plain">
                  <caption class="hidden">{reason} by day</caption>
                  <tbody>
                    {[...days]
                      .sort(([left], [right]) => (left < right ? 1 : -1))
                      .map(([day, count]) => (
                        <tr>
                          <th scope="row">{day}</th>
                          <td>{number(count)}</td>
                        </tr>
                      ))}
                  </tbody>
                </table>
              </details>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function StepTimes({ steps }: { steps: PipelineHealth['steps'] }) {
  const micros = (total: number, count: number) =>
    count === 0 ? '–' : `${number(Math.round((total / count) * 10) / 10)} µs`;
  return (
    <section class="card" aria-labelledby="steps">
      <div class="card-head">
        <h2 id="steps">Steps of an event</h2>
        <span class="muted">since the start</span>
      </div>
      <table class="plain">
        <caption class="hidden">Mean time of each step</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Times run</th>
            <th scope="col">Mean</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr>
              <th scope="row">{step.name}</th>
              <td>{number(step.count)}</td>
              <td>{micros(step.totalUs, step.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const channelNames: Record<Destination, string> = { mail: 'Mail', slack: 'Slack' };

/** Whether what people are told arrives. */
function Messages({
  counts,
  now,
  isOwner,
}: {
  counts: readonly (readonly [Destination, OutboxCounts])[];
  now: number;
  isOwner: boolean;
}) {
  const isQuiet = counts.every(([, { waiting, delivered, dead }]) => waiting + delivered + dead === 0);
  return (
    <section class="card" aria-labelledby="messages">
      <div class="card-head">
        <h2 id="messages">Messages</h2>
        <span class="muted">delivered and given up: last 90 days</span>
      </div>
      {isQuiet ? (
        <p class="muted">None so far. Alerts and digests by mail and to Slack are counted here.</p>
      ) : (
        <table class="plain">
          <caption class="hidden">Messages by the way they go</caption>
          <thead>
            <tr>
              <th scope="col">To</th>
              <th scope="col">Waiting</th>
              <th scope="col">Oldest</th>
              <th scope="col">Delivered</th>
              <th scope="col">Given up</th>
            </tr>
          </thead>
          <tbody>
            {counts.map(([channel, { waiting, oldestAt, delivered, dead }]) => (
              <tr>
                <th scope="row">{channelNames[channel]}</th>
                <td>{number(waiting)}</td>
                <td>{oldestAt === null ? '–' : <Moment at={oldestAt} now={now} />}</td>
                <td>{number(delivered)}</td>
                <td>{number(dead)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isOwner && (
        <p>
          <a href="/settings/alerts">What could not be delivered, and why</a>
        </p>
      )}
    </section>
  );
}

export function healthPage(house: House): Page {
  return async (c) => {
    const since = isoDay(house.now() - (shownDays - 1) * dayMs);
    const [store, drops, known] = await Promise.all([
      house.store.health(),
      house.store.drops(null, since),
      house.store.completeness(),
    ]);
    const pipeline = house.health();
    const counts = await Promise.all(
      destinations.map(async (channel) => [channel, await house.store.outboxCounts(channel)] as const),
    );
    const running = house.data.running();
    const [files, states] = await Promise.all([house.data.files(), house.data.sources()]);
    return render(
      c,
      house,
      { title: 'Health', place: 'health', scripts: running === null ? [] : ['reload'] },
      <>
        <div class="page-head">
          <h1>Health</h1>
          {maySetUp(c.get('user')) && <a href="/doctor">Visitors’ addresses</a>}
        </div>
        <Numbers figures={figures(store, pipeline)} />
        <div class="health-columns">
          <Drops drops={drops} />
          <CompanyData
            files={files}
            sources={states}
            running={running}
            isOwner={maySetUp(c.get('user'))}
            now={house.now()}
          />
          <Messages counts={counts} now={house.now()} isOwner={maySetUp(c.get('user'))} />
          <Completeness counted={known} mayImport={mayManageAccounts(c.get('user'))} />
          <StepTimes steps={pipeline.steps} />
          <section class="card" aria-labelledby="storage">
            <div class="card-head">
              <h2 id="storage">Storage</h2>
            </div>
            <p>{store.engine}</p>
            <p class="muted">
              <code>{store.durability}</code>
            </p>
            <p class="muted">Schema version {store.schemaVersion}</p>
          </section>
        </div>
      </>,
    );
  };
}
