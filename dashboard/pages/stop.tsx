/**
 * Where the link in a mail leads that ends such mails. Opening it only asks: scanners open links too. Mail programs post
 * to it by themselves (RFC 8058), from elsewhere and without a sign-in: the link's mark is what lets them.
 */
import type { Context } from 'hono';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Mark } from '../parts/mark.tsx';
import { problem } from './problem.tsx';

const stopOf = (c: Context<Env>, house: House) =>
  house.alerts.readStop(c.req.query('what') ?? '', c.req.query('mark') ?? '');

const unknown = (c: Context<Env>, house: House) =>
  problem(
    c,
    house,
    400,
    'This link is not whole',
    'Copy all of it from the mail, or sign in and choose there.',
  );

export function stopPage(house: House): Page {
  return (c) => {
    const stop = stopOf(c, house);
    if (stop === null) return unknown(c, house);
    const { search } = new URL(c.req.url);
    return render(
      c,
      house,
      { title: 'Stop these mails' },
      <section class="card card-form">
        <Mark />
        <h1>Stop these mails?</h1>
        <p class="lead">
          {stop.kind === 'digest'
            ? 'You get no more digests.'
            : 'You get no more mail about this segment. In the browser you are told as before.'}
        </p>
        <form method="post" action={`/stop${search}`} class="form">
          <button type="submit" class="button button-primary button-wide">
            Stop them
          </button>
        </form>
      </section>,
    );
  };
}

export function stopMails(house: House): Page {
  return async (c) => {
    const stop = stopOf(c, house);
    if (stop === null) return unknown(c, house);
    await house.alerts.stop(stop);
    c.header('cache-control', 'no-store');
    return render(
      c,
      house,
      { title: 'Stopped' },
      <section class="card card-form">
        <Mark />
        <h1>Stopped</h1>
        <p class="lead">These mails come no more.</p>
        <a class="button button-wide" href="/settings/alerts">
          Choose what you are told
        </a>
      </section>,
    );
  };
}
