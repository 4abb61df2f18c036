/** Which accounts are one, which domains they have, and whose part they are. */
import type { AccountDetail, AccountName } from '../../collector/store/store.ts';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';

const action = (account: AccountDetail) => `/accounts/${account.id}/relate`;

function Search({ account, search, anchor }: { account: AccountDetail; search: string; anchor: string }) {
  const input = `search-${anchor}`;
  return (
    <search>
      <form method="get" action={`/accounts/${account.id}/correct#${anchor}`} class="search">
        <Icon name="search" />
        <label class="hidden" for={input}>
          Name or domain of the other company
        </label>
        <input type="search" id={input} name="q" value={search} placeholder="Name or domain" required />
        <button type="submit" class="hidden-until-focus">
          Search
        </button>
      </form>
    </search>
  );
}

function Found(props: {
  account: AccountDetail;
  kind: 'merge' | 'parent';
  found: readonly AccountName[];
  legend: string;
  button: string;
}) {
  return (
    <form method="post" action={action(props.account)} class="form">
      <input type="hidden" name="kind" value={props.kind} />
      <fieldset class="choice choice-list">
        <legend>{props.legend}</legend>
        {props.found.map(({ id, name, domain }) => (
          <label>
            <input type="radio" name="account" value={String(id)} required />
            <span>
              {name} {domain && domain !== name && <span class="muted">{domain}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button">
        {props.button}
      </button>
    </form>
  );
}

interface Choice {
  account: AccountDetail;
  search: string;
  found: readonly AccountName[];
}

export function MergeForm({ account, search, found }: Choice) {
  return (
    <section class="card" id="merge" aria-labelledby="merge-title">
      <div class="card-head">
        <h2 id="merge-title">Merge with another</h2>
      </div>
      <div class="form">
        <p class="muted">
          All visits of {account.name} go to the other company, now and later. Links to this page lead there.
        </p>
        <Search account={account} search={search} anchor="merge" />
        {search !== '' && found.length === 0 && <p>No other company is called so.</p>}
        {found.length > 0 && (
          <Found
            account={account}
            kind="merge"
            found={found}
            legend={`${account.name} is`}
            button={`Merge ${account.name} into it`}
          />
        )}
      </div>
    </section>
  );
}

export function OtherDomains({ account }: { account: AccountDetail }) {
  return (
    <section class="card" id="domains" aria-labelledby="domains-title">
      <div class="card-head">
        <h2 id="domains-title">Also known as</h2>
      </div>
      {account.merged.length > 0 && (
        <ul class="also">
          {account.merged.map(({ id, name, domain }) => (
            <li>
              <span>
                {name} {domain && domain !== name && <span class="muted">{domain}</span>}
              </span>
              <form method="post" action={action(account)}>
                <input type="hidden" name="kind" value="split" />
                <input type="hidden" name="account" value={String(id)} />
                <button type="submit" class="button button-small" aria-label={`Split off ${name}`}>
                  Split off
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={action(account)} class="form">
        <input type="hidden" name="kind" value="alias" />
        <Field
          name="domain"
          label="Another domain of theirs"
          input={{
            type: 'text',
            autocapitalize: 'none',
            spellcheck: false,
            placeholder: 'example.de',
            required: true,
            maxlength: 253,
          }}
        />
        <button type="submit" class="button">
          Add the domain
        </button>
      </form>
    </section>
  );
}

export function ParentForm({ account, search, found }: Choice) {
  return (
    <section class="card" id="parent" aria-labelledby="parent-title">
      <div class="card-head">
        <h2 id="parent-title">Part of</h2>
      </div>
      <div class="form">
        {account.parent && (
          <form method="post" action={action(account)} class="also-line">
            <input type="hidden" name="kind" value="parent" />
            <input type="hidden" name="account" value="" />
            <a href={`/accounts/${account.parent.id}`}>{account.parent.name}</a>
            <button
              type="submit"
              class="button button-small"
              aria-label={`No longer part of ${account.parent.name}`}
            >
              Remove
            </button>
          </form>
        )}
        <p class="muted">Visits stay where they are; both pages name the other.</p>
        <Search account={account} search={search} anchor="parent" />
        {found.length > 0 && (
          <Found
            account={account}
            kind="parent"
            found={found}
            legend={`${account.name} is part of`}
            button="Set the parent"
          />
        )}
      </div>
    </section>
  );
}
