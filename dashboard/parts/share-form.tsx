/** The form that makes a read-only link. */
import { shareDays } from '../../collector/access/share-link.ts';
import { counted } from '../words.ts';
import { Field } from './field.tsx';

/** As it was typed; a password is never sent back. */
export interface TypedShare {
  days: string;
  showsPeople: boolean;
}

export type ShareProblems = Partial<Record<'days' | 'password', string>>;

export function ShareForm(props: { action: string; typed: TypedShare; problems: ShareProblems }) {
  const { action, typed, problems } = props;
  return (
    <section class="card" aria-labelledby="new-share">
      <div class="card-head">
        <h2 id="new-share">New link</h2>
      </div>
      <form method="post" action={action} class="form">
        <fieldset class="choice">
          <legend>Opens for</legend>
          {problems.days && <p class="field-error">{problems.days}</p>}
          {shareDays.map((days) => (
            <label>
              <input type="radio" name="days" value={String(days)} checked={typed.days === String(days)} />
              {counted(days, 'day')}
            </label>
          ))}
        </fieldset>
        <Field
          name="password"
          label="Password, if you want one"
          hint="Asked for before anything is shown. At least 8 characters."
          error={problems.password}
          input={{
            type: 'text',
            autocomplete: 'off',
            maxlength: 200,
            autocapitalize: 'none',
            spellcheck: false,
          }}
        />
        <div class="option">
          <input
            type="checkbox"
            id="people"
            name="people"
            value="yes"
            checked={typed.showsPeople}
            aria-describedby="people-hint"
          />
          <label for="people">Show who people are</label>
          <p class="field-hint" id="people-hint">
            Their names and e-mail addresses, and what your site tells with an event. Without it they are
            “Person 1”, “Person 2”.
          </p>
        </div>
        <button type="submit" class="button button-primary">
          Make the link
        </button>
      </form>
    </section>
  );
}
