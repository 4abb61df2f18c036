/** For owners: whether mail and Slack are set up and working, and what could not be delivered. */
import { letterOf } from '../../collector/deliver/letter.ts';
import type { DeadLetter, Destination, OutboxCounts } from '../../collector/store/outbox.ts';
import { counted, number } from '../words.ts';
import { Moment } from './moment.tsx';

export interface DeliveryState {
  mailFrom: string | null;
  isSlackSet: boolean;
  counts: Record<Destination, OutboxCounts>;
  dead: DeadLetter[];
}

function Counts({ counts }: { counts: OutboxCounts }) {
  const { waiting, failing, delivered, dead, lastProblem } = counts;
  return (
    <>
      <p class="field-hint">
        {number(delivered)} delivered, {number(waiting)} waiting, {number(dead)} given up, in ninety days.
      </p>
      {failing > 0 && lastProblem !== null && (
        <p class="field-error">
          {counted(failing, 'message')} could not be delivered yet: {lastProblem}. It is tried again by
          itself.
        </p>
      )}
    </>
  );
}

function TestButton({ destination, label }: { destination: Destination; label: string }) {
  return (
    <form method="post" action="/settings/alerts/test">
      <input type="hidden" name="destination" value={destination} />
      <button type="submit" class="button button-small">
        {label}
      </button>
    </form>
  );
}

function MailState({ state }: { state: DeliveryState }) {
  return (
    <section class="card delivery" aria-labelledby="mail">
      <h2 id="mail">Mail</h2>
      {state.mailFrom === null ? (
        <p>
          No mail server is set. Start Footlight with <code>FOOTLIGHT_SMTP_URL</code> and{' '}
          <code>FOOTLIGHT_MAIL_FROM</code>.
        </p>
      ) : (
        <>
          <p>
            Sent as <code>{state.mailFrom}</code>.
          </p>
          <Counts counts={state.counts.mail} />
          <TestButton destination="mail" label="Send me a test mail" />
        </>
      )}
    </section>
  );
}

function SlackState({ state, problem }: { state: DeliveryState; problem: string | null }) {
  return (
    <section class="card delivery" aria-labelledby="slack">
      <h2 id="slack">Slack</h2>
      {state.isSlackSet && (
        <>
          <p>A webhook is set. It is kept as a secret and not shown again.</p>
          <Counts counts={state.counts.slack} />
          <div class="segment-buttons">
            <TestButton destination="slack" label="Send a test message" />
            <form method="post" action="/settings/alerts/slack/remove">
              <button type="submit" class="button button-small">
                Take it away
              </button>
            </form>
          </div>
        </>
      )}
      <form method="post" action="/settings/alerts/slack" class="form">
        <div class="field">
          <label for="webhook">{state.isSlackSet ? 'Another webhook' : 'Incoming webhook'}</label>
          <p class="field-hint" id="webhook-hint">
            Made in Slack under Apps, Incoming Webhooks; it begins with https://hooks.slack.com/.
          </p>
          <input
            type="password"
            id="webhook"
            name="webhook"
            autocomplete="off"
            spellcheck={false}
            required
            aria-describedby={problem === null ? 'webhook-hint' : 'webhook-hint webhook-error'}
            aria-invalid={problem === null ? undefined : 'true'}
          />
          {problem !== null && (
            <p class="field-error" id="webhook-error">
              {problem}
            </p>
          )}
        </div>
        <button type="submit" class="button">
          Set it
        </button>
      </form>
    </section>
  );
}

function DeadLetters({ letters, now, base }: { letters: readonly DeadLetter[]; now: number; base: string }) {
  return (
    <section class="card" aria-labelledby="dead">
      <div class="card-head">
        <h2 id="dead">Not delivered</h2>
        <span class="muted">Mend the reason, then try again</span>
      </div>
      <ul class="decisions">
        {letters.map(({ id, channel, recipient, message, settledAt, tries, problem }) => (
          <li class="decision">
            <div>
              <p>
                <strong>{letterOf(message, base).subject}</strong>
              </p>
              <p class="muted">
                {channel === 'mail' ? `Mail to ${recipient}` : 'Slack'}, <Moment at={settledAt} now={now} />,{' '}
                {counted(tries, 'try', 'tries')}
              </p>
              <p class="field-error">{problem}</p>
            </div>
            <form method="post" action={`/settings/alerts/letters/${id}/retry`}>
              <button
                type="submit"
                class="button button-small"
                aria-label={`Try again: ${letterOf(message, base).subject}`}
              >
                Try again
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Delivery(props: { state: DeliveryState; problem: string | null; now: number; base: string }) {
  const { state, problem, now, base } = props;
  return (
    <>
      <h2 class="part-title">For everybody here</h2>
      <div class="delivery-columns">
        <MailState state={state} />
        <SlackState state={state} problem={problem} />
      </div>
      {state.dead.length > 0 && <DeadLetters letters={state.dead} now={now} base={base} />}
    </>
  );
}
