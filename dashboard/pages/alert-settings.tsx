/** What one is told, and how; for owners also whether it arrives. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { AlertRule } from '../../collector/store/alerts.ts';
import { type Destination, destinations } from '../../collector/store/outbox.ts';
import { readDigest, readRule } from '../alert-input.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AlertRuleForm, type Missing } from '../parts/alert-rule.tsx';
import { Delivery, type DeliveryState } from '../parts/delivery-state.tsx';
import { DigestForm } from '../parts/digest-form.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { ZoneList } from '../parts/zone-field.tsx';
import { maySetUp } from '../roles.ts';
import { problem } from './problem.tsx';

const idShape = z.coerce.number().int().positive();
const usualCoolingDays = 7;
const deadShown = 50;

/** What a form did, said above the page that it leads to. */
const doneWords: ReadonlyMap<string, string> = new Map([
  ['told', 'You will be told. Who is in already is not news; who enters from now on is.'],
  ['kept', 'Kept.'],
  ['removed', 'You are told of it no more.'],
  ['test', 'A test message is on its way. If it does not arrive, the reason appears here.'],
  ['slack', 'The webhook is set.'],
  ['retry', 'It is tried again.'],
]);

interface Refused {
  /** Of a rule, a digest or a test. */
  says?: string;
  slack?: string;
}

async function deliveryState(house: House): Promise<DeliveryState> {
  const { store, alerts } = house;
  const [isSlackSet, mail, slack, dead] = await Promise.all([
    alerts.isSet('slack'),
    store.outboxCounts('mail'),
    store.outboxCounts('slack'),
    store.deadLetters(deadShown),
  ]);
  return { mailFrom: alerts.mailFrom, isSlackSet, counts: { mail, slack }, dead };
}

async function settingsPage(c: Context<Env>, house: House, refused: Refused = {}) {
  const user = c.get('user');
  const { store, alerts } = house;
  const [rules, segments, digest, hasSlack, state] = await Promise.all([
    store.alertRules(user.email),
    store.savedSegments(user.email),
    store.digest(user.email),
    alerts.isSet('slack'),
    maySetUp(user) ? deliveryState(house) : null,
  ]);
  const missing: Missing = {
    ...(alerts.mailFrom === null && { mail: 'Not set up: no mail server is set.' }),
    ...(!hasSlack && { slack: 'Not set up: an owner can set the webhook.' }),
  };
  const asked = idShape.safeParse(c.req.query('segment'));
  const done = doneWords.get(c.req.query('done') ?? '');
  const more = segments.filter(({ id }) => !rules.some(({ segmentId }) => segmentId === id));
  return render(
    c,
    house,
    { title: 'Alerts and digest', place: 'alerts', status: Object.keys(refused).length > 0 ? 400 : 200 },
    <>
      <div class="page-head">
        <h1>Alerts and digest</h1>
        <span class="page-actions">
          <a class="button" href="/alerts">
            What you were told so far
          </a>
        </span>
      </div>
      <p class="lead">When a company comes into a segment, and what happened since the last digest.</p>
      {done !== undefined && refused.says === undefined && (
        <div class="notice notice-done" role="status">
          <Icon name="check" />
          <p>{done}</p>
        </div>
      )}
      {refused.says !== undefined && <Notice>{refused.says}</Notice>}
      <div class="settings-columns alert-columns">
        <section class="card" aria-labelledby="rules">
          <div class="card-head">
            <h2 id="rules">Companies that enter a segment</h2>
          </div>
          {rules.length === 0 && segments.length === 0 && (
            <EmptyState
              icon="bell"
              title="There is no segment yet"
              action={{ href: '/segments/new', label: 'Write one' }}
            >
              A segment says which companies matter to you; then you can be told when one comes into it.
            </EmptyState>
          )}
          {rules.length > 0 && (
            <ul class="alert-rules">
              {rules.map((rule) => (
                <AlertRuleForm
                  rule={rule}
                  segment={segments.find(({ id }) => id === rule.segmentId) ?? null}
                  missing={missing}
                  isOpen={asked.success && asked.data === rule.segmentId}
                />
              ))}
            </ul>
          )}
          {more.length > 0 && (
            <form method="post" action="/settings/alerts/rules" class="alert-new">
              <div class="field">
                <label for="segment">Tell me when a company enters</label>
                <select id="segment" name="segment">
                  {more.map(({ id, name }) => (
                    <option value={String(id)}>{name}</option>
                  ))}
                </select>
              </div>
              <button type="submit" class="button">
                <Icon name="bell" />
                Tell me
              </button>
            </form>
          )}
        </section>
        <DigestForm
          digest={digest}
          zone={rules[0]?.timeZone ?? 'UTC'}
          now={house.now()}
          missing={alerts.mailFrom === null ? 'No mail server is set, so it would not arrive.' : null}
        />
      </div>
      <ZoneList />
      {state !== null && (
        <Delivery state={state} problem={refused.slack ?? null} now={house.now()} base={alerts.base()} />
      )}
    </>,
  );
}

export const alertSettingsPage =
  (house: House): Page =>
  (c) =>
    settingsPage(c, house);

/** The button beside a segment: as most people want it, and to be changed afterwards. */
export function addAlertRule(house: House): Page {
  return async (c) => {
    const user = c.get('user');
    const asked = idShape.safeParse((await readForm(c))('segment'));
    const segment = asked.success ? await house.store.savedSegment(asked.data, user.email) : null;
    if (segment === null)
      return problem(
        c,
        house,
        404,
        'There is no such segment',
        'It may have been taken away, or not be shared.',
      );
    const rules = await house.store.alertRules(user.email);
    const digest = await house.store.digest(user.email);
    if (!rules.some(({ segmentId }) => segmentId === segment.id))
      await house.store.saveAlertRule(
        {
          segmentId: segment.id,
          user: user.email,
          channels: house.alerts.mailFrom === null ? ['browser'] : ['browser', 'mail'],
          coolingDays: usualCoolingDays,
          quiet: rules[0]?.quiet ?? null,
          timeZone: rules[0]?.timeZone ?? digest?.timeZone ?? 'UTC',
        },
        house.now(),
      );
    return c.redirect(`/settings/alerts?done=told&segment=${segment.id}#segment-${segment.id}`, 303);
  };
}

async function ownRule(c: Context<Env>, house: House): Promise<AlertRule | undefined> {
  const rules = await house.store.alertRules(c.get('user').email);
  return rules.find(({ id }) => String(id) === c.req.param('id'));
}

export function changeAlertRule(house: House): Page {
  return async (c) => {
    const rule = await ownRule(c, house);
    if (rule === undefined) return c.redirect('/settings/alerts', 303);
    const read = readRule(await readForm(c));
    if ('problem' in read) return settingsPage(c, house, { says: read.problem });
    const { segmentId, user } = rule;
    await house.store.saveAlertRule({ segmentId, user, ...read.draft }, house.now());
    return c.redirect('/settings/alerts?done=kept', 303);
  };
}

export function removeAlertRule(house: House): Page {
  return async (c) => {
    const rule = await ownRule(c, house);
    if (rule !== undefined) await house.store.removeAlertRule(rule.id, rule.user);
    return c.redirect('/settings/alerts?done=removed', 303);
  };
}

export function setDigest(house: House): Page {
  return async (c) => {
    const { email } = c.get('user');
    const read = readDigest(await readForm(c));
    if (read === 'off') await house.store.removeDigest(email);
    else if ('problem' in read) return settingsPage(c, house, { says: read.problem });
    else await house.store.saveDigest({ user: email, ...read.draft }, house.now());
    return c.redirect('/settings/alerts?done=kept', 303);
  };
}

/** Mail goes to whoever asks; Slack is read by others, so an owner asks. */
export function sendTest(house: House): Page {
  return async (c) => {
    const user = c.get('user');
    const name = (await readForm(c))('destination');
    const destination = destinations.find((one): one is Destination => one === name);
    if (destination === undefined) return settingsPage(c, house, { says: `“${name}” is no way to send.` });
    if (destination === 'slack' && !maySetUp(user))
      return settingsPage(c, house, { says: 'Ask an owner to try Slack: others read it.' });
    if (!(await house.alerts.isSet(destination)))
      return settingsPage(c, house, { says: 'It is not set up yet, so there is nothing to try.' });
    await house.alerts.test(destination, user.email);
    return c.redirect('/settings/alerts?done=test', 303);
  };
}

/** Where alerts go outside of the house is for the log of who did what; the address itself is not. */
function changedSlack(c: Context<Env>, house: House, webhook: 'set' | 'removed'): Promise<void> {
  const who = c.get('user').email;
  return house.store.record(
    { who, what: 'settings', subject: 'alerts to Slack', detail: { webhook } },
    house.now(),
  );
}

export function setSlack(house: House): Page {
  return async (c) => {
    const refused = await house.alerts.setSlack((await readForm(c))('webhook').trim());
    if (refused !== null) return settingsPage(c, house, { slack: refused });
    await changedSlack(c, house, 'set');
    return c.redirect('/settings/alerts?done=slack', 303);
  };
}

export function removeSlack(house: House): Page {
  return async (c) => {
    await house.alerts.setSlack(null);
    await changedSlack(c, house, 'removed');
    return c.redirect('/settings/alerts?done=kept', 303);
  };
}

export function retryLetter(house: House): Page {
  return async (c) => {
    const id = idShape.safeParse(c.req.param('id'));
    if (id.success) await house.store.reviveMessage(id.data, house.now());
    void house.alerts.deliver();
    return c.redirect('/settings/alerts?done=retry', 303);
  };
}
