/** Read-only links to one company's journey: making one, which is shown this once, and ending them. */
import type { Context } from 'hono';
import {
  hashSharePassword,
  makeShareToken,
  shareDays,
  sharePasswordProblem,
  usualShareDays,
} from '../../collector/access/share-link.ts';
import { type Share, ShareRefused } from '../../collector/store/shares.ts';
import type { AccountDetail } from '../../collector/store/store.ts';
import { dayMs } from '../../collector/time.ts';
import { readForm } from '../form.ts';
import { type Env, type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { PieceOf } from '../parts/piece.tsx';
import { ShareForm, type ShareProblems, type TypedShare } from '../parts/share-form.tsx';
import { SharesTable } from '../parts/shares-table.tsx';
import { dateTime } from '../words.ts';
import { problem } from './problem.tsx';

const maxShown = 50;
const blank: TypedShare = { days: String(usualShareDays), showsPeople: false };

const shareHref = (accountId: number) => `/accounts/${accountId}/share`;

interface Shown {
  typed?: TypedShare;
  problems?: ShareProblems;
  made?: { link: string; share: Share };
}

function NewLink({ link, share }: { link: string; share: Share }) {
  return (
    <section class="card new-key" aria-labelledby="link-title" role="status">
      <div class="card-head">
        <h2 id="link-title">Copy the link now</h2>
        <span class="muted">It is shown this once; we keep only its hash.</span>
      </div>
      <div class="recipe">
        <PieceOf id="share-link" where={`Opens until ${dateTime(share.expiresAt)}`} code={link} />
      </div>
      {share.hasPassword && <p class="field-hint">Send the password on another way than the link.</p>}
    </section>
  );
}

async function show(c: Context<Env>, house: House, account: AccountDetail, told: Shown = {}) {
  const { typed = blank, problems = {}, made } = told;
  const links = await house.store.shares(account.id, maxShown);
  const isRefused = Object.keys(problems).length > 0;
  return render(
    c,
    house,
    {
      title: `Share ${account.name}`,
      place: 'accounts',
      status: isRefused ? 400 : 200,
      scripts: made ? ['copy'] : [],
    },
    <>
      <a class="back" href={`/accounts/${account.id}`}>
        <Icon name="left" />
        {account.name}
      </a>
      <div class="page-head">
        <h1>Share this journey</h1>
      </div>
      <p class="lead">
        Whoever has the link reads what {account.name} did, without signing in, until it expires. Nothing can
        be changed by it, and nothing else can be reached. Notes are never shown: they are for those who can
        sign in.
      </p>
      {made && <NewLink {...made} />}
      <div class="settings-columns">
        <section class="card card-list">
          {links.length === 0 ? (
            <EmptyState icon="link" title="No links yet">
              For support, a partner or a colleague who does not sign in here. Make the first one beside this.
            </EmptyState>
          ) : (
            <SharesTable links={links} now={house.now()} />
          )}
        </section>
        <ShareForm action={shareHref(account.id)} typed={typed} problems={problems} />
      </div>
    </>,
  );
}

/** The account that the address names, or where it leads by now. */
async function accountOf(c: Context<Env>, house: House): Promise<AccountDetail | null> {
  const id = Number(c.req.param('id'));
  const home = Number.isSafeInteger(id) && id > 0 ? await house.store.accountHome(id) : null;
  return home === null ? null : house.store.account(home, null, house.now());
}

const unknown = (c: Context<Env>, house: House) =>
  problem(c, house, 404, 'No such company', 'It may have been merged with another, or never was.');

export function sharePage(house: House): Page {
  return async (c) => {
    const account = await accountOf(c, house);
    return account === null ? unknown(c, house) : show(c, house, account);
  };
}

export function makeShare(house: House): Page {
  return async (c) => {
    const account = await accountOf(c, house);
    if (account === null) return unknown(c, house);
    const form = await readForm(c);
    const typed: TypedShare = { days: form('days'), showsPeople: form('people') === 'yes' };
    const days = shareDays.find((one) => String(one) === typed.days);
    const password = form('password');
    const refused = sharePasswordProblem(password);
    const problems: ShareProblems = {
      ...(days === undefined && { days: 'Choose for how long' }),
      ...(refused !== null && { password: refused }),
    };
    if (days === undefined || refused !== null) return show(c, house, account, { typed, problems });
    const { token, hash } = makeShareToken();
    const now = house.now();
    try {
      const share = await house.store.makeShare(
        {
          accountId: account.id,
          hash,
          password: password === '' ? null : await hashSharePassword(password),
          showsPeople: typed.showsPeople,
          expiresAt: now + days * dayMs,
        },
        c.get('user').email,
        now,
      );
      // In the answer itself: a page that one could come back to would have to keep it.
      return show(c, house, account, { made: { link: `${ownOrigin(house, c)}/shared/${token}`, share } });
    } catch (error) {
      if (!(error instanceof ShareRefused)) throw error;
      return show(c, house, account, { typed, problems: { days: error.message } });
    }
  };
}

export function revokeShare(house: House): Page {
  return async (c) => {
    const id = Number(c.req.param('id'));
    const revoked = Number.isSafeInteger(id)
      ? await house.store.revokeShare(id, c.get('user').email, house.now())
      : null;
    return revoked === null
      ? problem(
          c,
          house,
          404,
          'No such link',
          'It may have been mistyped; the company’s page lists its links.',
        )
      : c.redirect(shareHref(revoked.accountId), 303);
  };
}
