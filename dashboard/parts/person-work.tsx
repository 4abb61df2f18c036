/** Whom somebody works for: each company with its time and the reason why we think so. */
import type { AccountPeriod, AttributionKind } from '../../collector/store/person.ts';
import { counted, date, evidenceWords } from '../words.ts';

const reasonWords: Record<AttributionKind, string> = {
  person: 'Their e-mail',
  group: 'Your site says so',
  learned: 'A network that was learned',
  network: 'Their network',
  decision: 'Your decision',
};

function span({ from, to }: AccountPeriod) {
  const [first, last] = [date(from), date(to)];
  return first === last ? first : `${first} – ${last}`;
}

function Reason({ reason, accountId }: { reason: AccountPeriod['reasons'][number]; accountId: number }) {
  const [evidence] = reason.evidence;
  return (
    <li>
      <span class="attribution-source">
        {reason.kind === 'decision' ? (
          <a href={`/accounts/${accountId}/correct#log`}>{reasonWords.decision}</a>
        ) : reason.kind === 'learned' ? (
          <a href="/learned">{reasonWords.learned}</a>
        ) : (
          reasonWords[reason.kind]
        )}
      </span>
      <span>{evidence ? evidenceWords(evidence) : 'No reason is kept'}</span>
    </li>
  );
}

function Period({ period }: { period: AccountPeriod }) {
  const { account, isOwn, visits, touchpoints, reasons } = period;
  const had = [visits > 0 && counted(visits, 'visit'), touchpoints > 0 && counted(touchpoints, 'touchpoint')];
  return (
    <li class="attribution">
      <p class="attribution-head">
        <strong>
          {account ? (
            <a href={`/accounts/${account.id}`}>{account.name}</a>
          ) : isOwn ? (
            'Our own office'
          ) : (
            'No company known'
          )}
        </strong>
        <span class="muted">{had.filter(Boolean).join(', ')}</span>
      </p>
      <p class="muted">{span(period)}</p>
      {account && (
        <ul>
          {reasons.map((reason) => (
            <Reason reason={reason} accountId={account.id} />
          ))}
        </ul>
      )}
    </li>
  );
}

export function PersonWork({
  periods,
  said,
}: {
  periods: readonly AccountPeriod[];
  said: AccountPeriod['account'];
}) {
  // What a file says stands alone only where no visit says the same.
  const isNews = said !== null && !periods.some(({ account }) => account?.id === said.id);
  return (
    <section class="card person-card" aria-labelledby="work-title">
      <h2 id="work-title">Whom they work for</h2>
      {periods.length === 0 && !isNews ? (
        <p class="muted">Nothing says where they work.</p>
      ) : (
        <ul>
          {isNews && (
            <li class="attribution">
              <p class="attribution-head">
                <strong>
                  <a href={`/accounts/${said.id}`}>{said.name}</a>
                </strong>
              </p>
              <ul>
                <li>
                  <span class="attribution-source">Your file</span>
                  <span>An imported list of people says so</span>
                </li>
              </ul>
            </li>
          )}
          {periods.map((period) => (
            <Period period={period} />
          ))}
        </ul>
      )}
    </section>
  );
}
