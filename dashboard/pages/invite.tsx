/**
 * Where a one-time sign-in link leads. Opening it only shows a button: mail scanners and chat previews open links
 * too, and must not use them up.
 */
import { readForm } from '../form.ts';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Mark } from '../parts/mark.tsx';
import { Notice } from '../parts/notice.tsx';

export function invitePage(house: House): Page {
  return (c) =>
    render(
      c,
      house,
      { title: 'Sign in' },
      <section class="card card-form">
        <Mark />
        <h1>You have been let in</h1>
        <p class="lead">This link signs you in once. Afterwards you can choose a password.</p>
        <form method="post" action="/invite" class="form">
          <input type="hidden" name="token" value={c.req.query('token') ?? ''} />
          <button type="submit" class="button button-primary button-wide">
            Sign in
          </button>
        </form>
      </section>,
    );
}

export function invite(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const outcome = await house.auth.acceptInvite(form('token'));
    if ('refused' in outcome) {
      return render(
        c,
        house,
        { title: 'Sign in', status: 400 },
        <section class="card card-form">
          <Mark />
          <h1>That link no longer works</h1>
          <Notice>{outcome.refused}</Notice>
          <a class="button button-wide" href="/sign-in">
            Sign in with a password
          </a>
        </section>,
      );
    }
    await house.store.record({ who: outcome.email, what: 'sign-in', subject: 'with a link' }, house.now());
    for (const cookie of outcome.cookies) c.header('set-cookie', cookie, { append: true });
    return c.redirect('/password?first=1', 303);
  };
}
