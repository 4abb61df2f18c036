/** The form that makes an API key: what it is for, its role, and less than that where less is enough. */
import { capabilities, capabilityNames } from '../../collector/access/capability.ts';
import { type Role, roles } from '../../collector/access/role.ts';
import { Field } from './field.tsx';

export interface TypedKey {
  name: string;
  role: string;
  scopes: readonly string[];
}

export type KeyProblems = Partial<Record<'name' | 'role' | 'scopes', string>>;

const roleWords: Record<Role, string> = {
  owner: 'Everything, settings and other keys too.',
  marketer: 'Companies, corrections, imports, raw events.',
  sales: 'Companies and their list.',
};

export function KeyForm({ typed, problems }: { typed: TypedKey; problems: KeyProblems }) {
  return (
    <section class="card" aria-labelledby="new-key">
      <div class="card-head">
        <h2 id="new-key">New key</h2>
      </div>
      <form method="post" action="/settings/keys" class="form">
        <Field
          name="name"
          label="What it is for"
          hint="It stands in the logs beside everything that is done with the key."
          error={problems.name}
          input={{
            type: 'text',
            autocomplete: 'off',
            required: true,
            maxlength: 60,
            placeholder: 'warehouse',
            value: typed.name,
          }}
        />
        <fieldset class="options">
          <legend class="options-legend">The most it may do</legend>
          {problems.role && <p class="field-error">{problems.role}</p>}
          {roles.map((role) => (
            <div class="option">
              <input
                type="radio"
                id={`role-${role}`}
                name="role"
                value={role}
                checked={typed.role === role}
                aria-describedby={`role-${role}-hint`}
              />
              <label for={`role-${role}`}>{role}</label>
              <p class="field-hint" id={`role-${role}-hint`}>
                {roleWords[role]}
              </p>
            </div>
          ))}
        </fieldset>
        <details class="key-scopes" open={typed.scopes.length > 0 || problems.scopes !== undefined}>
          <summary>Only some of that</summary>
          <fieldset class="options">
            <legend class="field-hint">
              Tick what it needs; with nothing ticked it may do all that its role may. What the role may not
              do, the key may not either.
            </legend>
            {problems.scopes && <p class="field-error">{problems.scopes}</p>}
            {capabilityNames.map((scope) => (
              <div class="option">
                <input
                  type="checkbox"
                  id={`scope-${scope}`}
                  name="scope"
                  value={scope}
                  checked={typed.scopes.includes(scope)}
                  aria-describedby={`scope-${scope}-hint`}
                />
                <label for={`scope-${scope}`}>
                  <code>{scope}</code>
                </label>
                <p class="field-hint" id={`scope-${scope}-hint`}>
                  May {capabilities[scope].says}.
                </p>
              </div>
            ))}
          </fieldset>
        </details>
        <button type="submit" class="button button-primary">
          Make the key
        </button>
      </form>
    </section>
  );
}
