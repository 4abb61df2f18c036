/** Who a company is: how sure it is that it is them, and what is known of them besides. */
import type { AccountDetail } from '../../collector/store/store.ts';
import { Attributes } from './attributes.tsx';
import { Attributions } from './attributions.tsx';

export function AccountEvidence({ account, now }: { account: AccountDetail; now: number }) {
  const { attributions, profile } = account;
  const hasProfile = Object.keys(profile?.attributes ?? {}).length > 0;
  return (
    <section class="card account-evidence" aria-labelledby="who-title">
      <div class="card-head">
        <h2 id="who-title">How we know</h2>
      </div>
      {attributions.length === 0 ? (
        <p class="muted">Nobody came from here: it is known from your files alone.</p>
      ) : (
        <Attributions attributions={attributions} now={now} />
      )}
      {hasProfile && (
        <details class="more">
          <summary>{profile?.isTold ? 'What your site told' : 'What your file says'}</summary>
          <Attributes profile={profile} />
        </details>
      )}
    </section>
  );
}
