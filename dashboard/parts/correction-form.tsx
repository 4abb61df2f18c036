/** Whose visits these are: about which network, and what it is instead. */
import type { AccountDetail, AccountNetwork } from '../../collector/store/store.ts';
import { type CorrectionProblems, scopesOf, type TypedCorrection } from '../../collector/typed/correction.ts';
import { Field } from './field.tsx';

export function CorrectionForm(props: {
  account: AccountDetail;
  networks: readonly AccountNetwork[];
  typed: TypedCorrection;
  problems: CorrectionProblems;
  /** May name companies and correct whole providers. */
  isManager: boolean;
}) {
  const { account, networks, typed, problems, isManager } = props;
  const scopes = scopesOf(networks, account.name).filter(({ isWide }) => isManager || !isWide);
  const chosen = scopes.some(({ value }) => value === typed.scope) ? typed.scope : scopes[0]?.value;
  const plain = { type: 'text', autocapitalize: 'none', spellcheck: false } as const;
  return (
    <section class="card" id="who" aria-labelledby="who-title">
      <div class="card-head">
        <h2 id="who-title">Not {account.name}?</h2>
      </div>
      {scopes.length === 0 ? (
        <p class="muted">
          These visits are known by e-mail addresses, not by a network. An owner or a marketer can correct
          that.
        </p>
      ) : (
        <form method="post" action={`/accounts/${account.id}/correct`} class="form">
          <fieldset class="choice choice-list">
            <legend>These visits</legend>
            {scopes.map(({ value, label }) => (
              <label>
                <input type="radio" name="scope" value={value} checked={value === chosen} />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          {problems.scope && <p class="field-error">{problems.scope}</p>}
          <fieldset class="choice">
            <legend>Are</legend>
            <label>
              <input type="radio" name="says" value="never" checked={typed.says === 'never'} />
              no company’s
            </label>
            {isManager && (
              <>
                <label>
                  <input type="radio" name="says" value="company" checked={typed.says === 'company'} />
                  another company’s
                </label>
                <label>
                  <input type="radio" name="says" value="own" checked={typed.says === 'own'} />
                  our own people’s
                </label>
              </>
            )}
          </fieldset>
          {problems.says && <p class="field-error">{problems.says}</p>}
          {isManager && (
            <div class="form-row form-company">
              <Field
                name="name"
                label="Company"
                error={problems.name}
                input={{ type: 'text', value: typed.name, maxlength: 200 }}
              />
              <Field
                name="domain"
                label="Its domain"
                error={problems.domain}
                input={{ ...plain, placeholder: 'example.com', value: typed.domain, maxlength: 253 }}
              />
            </div>
          )}
          <Field
            name="note"
            label="Why"
            hint="Optional, for whoever reads this in a year."
            error={problems.note}
            input={{ type: 'text', value: typed.note, maxlength: 200 }}
          />
          <button type="submit" class="button button-primary">
            Correct
          </button>
        </form>
      )}
    </section>
  );
}
