/** Sign-in by e-mail and password, and signing out. */
import type { Context } from 'hono';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Field } from '../parts/field.tsx';
import { Mark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';
import { safePath } from '../safe-path.ts';

function signInForm(
  c: Context<Env>,
  house: House,
  shown: { email: string; next: string; problem: string | null; status: 200 | 400 | 429 },
) {
  return render(
    c,
    house,
    { title: 'Sign in', status: shown.status },
    <section class="card card-form">
      <Mark />
      <h1>Sign in to Footlight</h1>
      {shown.problem && <Notice>{shown.problem}</Notice>}
      <form method="post" action="/sign-in" class="form">
        <input type="hidden" name="next" value={shown.next} />
        <Field
          name="email"
          label="E-mail"
          input={{ type: 'email', autocomplete: 'username', required: true, value: shown.email }}
        />
        <Field
          name="password"
          label="Password"
          input={{ type: 'password', autocomplete: 'current-password', required: true }}
        />
        <button type="submit" class="button button-primary button-wide">
          Sign in
        </button>
      </form>
      <p class="form-foot">
        No password, or forgotten? Ask whoever runs this server for a sign-in link:{' '}
        <code>footlight user add</code>
      </p>
    </section>,
  );
}

export function signInPage(house: House): Page {
  return async (c) => {
    const next = safePath(c.req.query('next'));
    if (!(await house.auth.hasUsers())) return c.redirect('/welcome', 303);
    if (await house.auth.currentUser(c.req.raw.headers)) return c.redirect(next, 303);
    return signInForm(c, house, { email: '', next, problem: null, status: 200 });
  };
}

export function signIn(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const email = form('email').trim();
    const next = safePath(form('next'));
    const outcome = await house.auth.signIn(email, form('password'), house.clientAddress(c));
    if ('refused' in outcome) {
      const { refused, retryAfterS } = outcome;
      // What was not even tried is not written down either: each entry is a write that events wait for.
      if (!retryAfterS) await logRefused(house, email);
      if (retryAfterS) c.header('retry-after', String(retryAfterS));
      return signInForm(c, house, { email, next, problem: refused, status: retryAfterS ? 429 : 400 });
    }
    const who = email.toLowerCase();
    await house.store.record({ who, what: 'sign-in', subject: 'with a password' }, house.now());
    for (const cookie of outcome.cookies) c.header('set-cookie', cookie, { append: true });
    return c.redirect(next, 303);
  };
}

/** What was typed is only kept if it is somebody's: it may be a password in the wrong field. */
async function logRefused(house: House, typed: string): Promise<void> {
  const who = (await house.auth.hasUser(typed)) ? typed.toLowerCase() : 'somebody unknown';
  await house.store.record({ who, what: 'sign-in-failed', subject: 'with a password' }, house.now());
}

export function signOut(house: House): Page {
  return async (c) => {
    const cookies = await house.auth.signOut(c.req.raw.headers);
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
    return c.redirect('/sign-in', 303);
  };
}
