/** `/accounts/by?email=…` and `?domain=…`: the way in for a help desk, which knows its customers by these. */
import type { House, Page } from '../house.ts';
import { problem } from './problem.tsx';

/** As long as an e-mail address can be. */
const maxLength = 254;

export function accountBy(house: House): Page {
  return async (c) => {
    const [email, domain] = [c.req.query('email')?.trim() ?? '', c.req.query('domain')?.trim() ?? ''];
    const asked = email !== '' ? { email } : { domain };
    const written = email || domain;
    if (written === '' || written.length > maxLength) {
      return problem(
        c,
        house,
        400,
        'Which company?',
        'The address takes an e-mail address or a domain: /accounts/by?email=kim@example.com or /accounts/by?domain=example.com.',
      );
    }
    const accountId = await house.store.accountBy(asked);
    if (accountId === null) {
      return problem(
        c,
        house,
        404,
        `No company is known by ${written}`,
        'Nobody came from there so far, or it is an address that people have privately. The list can be searched by name.',
      );
    }
    return c.redirect(`/accounts/${accountId}`, 303);
  };
}
