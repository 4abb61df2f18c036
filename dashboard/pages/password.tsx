/** Choosing a password: offered after a one-time link, and open at any time from the menu. */
import type { Context } from 'hono';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';

async function passwordForm(c: Context<Env>, house: House, isFirst: boolean, problem: string | null) {
  const needsBefore = await house.auth.needsPassword(c.req.raw.headers);
  return render(
    c,
    house,
    { title: 'Password', status: problem ? 400 : 200 },
    <section class="card card-form">
      <h1>{isFirst ? 'Choose a password' : 'Your password'}</h1>
      <p class="lead">
        {isFirst
          ? 'So that you can come back without a new link. You can also do it later, from the menu.'
          : 'A new password signs you out everywhere else.'}
      </p>
      {problem && <Notice>{problem}</Notice>}
      <form method="post" action="/password" class="form">
        {/* Lets password managers file the new password under the right name. */}
        <input type="text" name="username" value={c.get('user').email} autocomplete="username" hidden />
        {isFirst && <input type="hidden" name="first" value="1" />}
        {needsBefore && (
          <Field
            name="before"
            label="Current password"
            input={{ type: 'password', autocomplete: 'current-password', required: true }}
          />
        )}
        <Field
          name="password"
          label="New password"
          hint="At least 10 characters."
          input={{ type: 'password', autocomplete: 'new-password', required: true, minlength: 10 }}
        />
        <button type="submit" class="button button-primary button-wide">
          Save the password
        </button>
        {isFirst && (
          <a class="button button-wide" href="/">
            Not now
          </a>
        )}
      </form>
    </section>,
  );
}

export function passwordPage(house: House): Page {
  return async (c) => passwordForm(c, house, c.req.query('first') === '1', null);
}

export function setPassword(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const problem = await house.auth.setPassword(c.req.raw.headers, form('password'), form('before'));
    if (problem) return passwordForm(c, house, form('first') === '1', problem);
    return c.redirect('/', 303);
  };
}
