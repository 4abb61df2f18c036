/** Who an account is: its name, what is known of it, what it belongs to, and the menu of corrections. */
import type { AccountDetail, AccountName } from '../../collector/store/store.ts';
import { mayManageAccounts, mayShare, type User } from '../roles.ts';
import { confidenceWords, countryName, kindWords } from '../words.ts';
import { Icon } from './icon.tsx';
import { Moment } from './moment.tsx';
import { Monogram } from './monogram.tsx';

export function AccountHead({ account, now, user }: { account: AccountDetail; now: number; user: User }) {
  return (
    <header class="account-head">
      <Monogram name={account.name} size="large" />
      <div class="account-words">
        <h1>{account.name}</h1>
        <p class="account-facts">
          {account.domain && (
            <a href={`https://${account.domain}/`} rel="noreferrer noopener">
              {account.domain}
            </a>
          )}
          <span>{kindWords[account.kind]}</span>
          {account.country && <span>{countryName(account.country)}</span>}
          {account.visits === 0 ? (
            <span>no visits</span>
          ) : (
            <>
              <span>{confidenceWords(account.confidence)}</span>
              <span>
                last here <Moment at={account.lastAt} now={now} />
              </span>
            </>
          )}
        </p>
        <Relations account={account} />
      </div>
      {mayShare(user) && (
        <a class="button account-share" href={`/accounts/${account.id}/share`}>
          Share
        </a>
      )}
      <CorrectMenu account={account} isManager={mayManageAccounts(user)} />
    </header>
  );
}

function Relations({ account }: { account: AccountDetail }) {
  const { merged, parent, children, profile } = account;
  const facts = [profile?.industry, profile?.size].filter((fact) => typeof fact === 'string');
  const link = ({ id, name }: AccountName) => <a href={`/accounts/${id}`}>{name}</a>;
  return (
    <>
      {facts.length > 0 && (
        <p class="account-facts">
          {facts.map((fact) => (
            <span>{fact}</span>
          ))}
        </p>
      )}
      {(parent || children.length > 0 || merged.length > 0) && (
        <p class="account-facts">
          {parent && <span>part of {link(parent)}</span>}
          {children.length > 0 && (
            <span>
              has parts:{' '}
              {children.map((child, index) => (
                <>
                  {index > 0 && ', '}
                  {link(child)}
                </>
              ))}
            </span>
          )}
          {merged.length > 0 && (
            <span>also {merged.map(({ name, domain }) => domain ?? name).join(', ')}</span>
          )}
        </p>
      )}
    </>
  );
}

function CorrectMenu({ account, isManager }: { account: AccountDetail; isManager: boolean }) {
  const item = (anchor: string, label: string) => (
    <a class="menu-item" href={`/accounts/${account.id}/correct#${anchor}`}>
      {label}
    </a>
  );
  return (
    <details class="menu correct-menu" data-menu>
      <summary class="button">
        Correct
        <Icon name="down" />
      </summary>
      <div class="menu-panel">
        {item('who', 'Not this company')}
        {isManager && item('who', 'Somebody else, or us')}
        {isManager && item('merge', 'Merge with another')}
        {isManager && item('domains', 'Other domains, split off')}
        {isManager && item('parent', 'Part of another company')}
        {item('log', 'What was decided')}
      </div>
    </details>
  );
}
