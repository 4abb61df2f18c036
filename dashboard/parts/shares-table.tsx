/** The read-only links of a company: who made each, until when it opens, and when it last did. */
import type { Share } from '../../collector/store/shares.ts';
import { date } from '../words.ts';
import { Moment } from './moment.tsx';

function State({ link, now }: { link: Share; now: number }) {
  if (link.revokedAt !== null) return <span class="muted">revoked {date(link.revokedAt)}</span>;
  if (link.expiresAt <= now) return <span class="muted">expired</span>;
  return (
    <form method="post" action={`/shares/${link.id}/revoke`}>
      <button
        type="submit"
        class="button button-small"
        aria-label={`Revoke the link made ${date(link.madeAt)}`}
      >
        Revoke
      </button>
    </form>
  );
}

export function SharesTable({ links, now }: { links: readonly Share[]; now: number }) {
  return (
    <table class="list list-rules list-keys">
      <caption class="hidden">Links to this company’s journey</caption>
      <thead>
        <tr>
          <th scope="col">Made</th>
          <th scope="col">Until</th>
          <th scope="col">Shows</th>
          <th scope="col">Last opened</th>
          <th scope="col">
            <span class="hidden">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {links.map((link) => (
          <tr>
            <th scope="row">
              {date(link.madeAt)}
              <span class="claim-domain">{link.madeBy}</span>
            </th>
            <td data-label="Until">{date(link.expiresAt)}</td>
            <td data-label="Shows">
              {link.showsPeople ? 'the journey and people' : 'the journey'}
              <span class="claim-domain">{link.hasPassword ? 'with a password' : 'without a password'}</span>
            </td>
            <td data-label="Opened">
              {link.openedAt === null ? 'never' : <Moment at={link.openedAt} now={now} />}
            </td>
            <td>
              <State link={link} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
