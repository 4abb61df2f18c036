/** The very first page: whoever started the server makes the owner's account here, through a one-time link. */
import type { Context } from 'hono';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Field } from '../parts/field.tsx';
import { Mark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';

function welcomeForm(
  c: Context<Env>,
  house: House,
  shown: { token: string; email: string; problem: string | null },
) {
  return render(
    c,
    house,
    { title: 'Welcome', status: shown.problem ? 400 : 200 },
    <section class="card card-form">
      <Mark />
      <h1>Welcome to Footlight</h1>
      <p class="lead">Make the owner’s account. It stays on this server, like everything else.</p>
      {shown.problem && <Notice>{shown.problem}</Notice>}
      <form method="post" action="/welcome" class="form">
        <input type="hidden" name="token" value={shown.token} />
        <Field
          name="email"
          label="Your e-mail"
          input={{ type: 'email', autocomplete: 'username', required: true, value: shown.email }}
        />
        <Field
          name="password"
          label="A password"
          hint="At least 10 characters."
          input={{ type: 'password', autocomplete: 'new-password', required: true, minlength: 10 }}
        />
        <button type="submit" class="button button-primary button-wide">
          Make the account
        </button>
      </form>
    </section>,
  );
}

function linkNeeded(c: Context<Env>, house: House, isStale: boolean) {
  return render(
    c,
    house,
    { title: 'Welcome', status: isStale ? 400 : 200 },
    <section class="card card-form">
      <Mark />
      <h1>{isStale ? 'That link no longer works' : 'One step left'}</h1>
      <p class="lead">
        {isStale
          ? 'It was used already, or it is older than a day. If you have an account, sign in; if there is none yet, restart the server and open the link it prints.'
          : 'Nobody has an account here yet. Open the link that the server printed when it started.'}
      </p>
    </section>,
  );
}

export function welcomePage(house: House): Page {
  return async (c) => {
    if (await house.auth.hasUsers()) return c.redirect('/sign-in', 303);
    const token = c.req.query('token') ?? '';
    if (!(await house.auth.isSetupToken(token))) return linkNeeded(c, house, token !== '');
    return welcomeForm(c, house, { token, email: '', problem: null });
  };
}

export function welcome(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const token = form('token');
    const email = form('email').trim();
    if (!(await house.auth.isSetupToken(token))) return linkNeeded(c, house, true);
    const outcome = await house.auth.setUp(token, email, form('password'));
    if ('refused' in outcome) return welcomeForm(c, house, { token, email, problem: outcome.refused });
    const who = email.toLowerCase();
    await house.store.record({ who, what: 'sign-in', subject: 'as the first owner' }, house.now());
    for (const cookie of outcome.cookies) c.header('set-cookie', cookie, { append: true });
    const sites = await house.store.sites();
    return c.redirect(sites.length === 0 ? '/sites/new' : '/accounts', 303);
  };
}
