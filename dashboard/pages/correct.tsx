/** Corrections of one account: whose visits these are, which accounts are one, whose part it is; and the log of them. */
import type { Context } from 'hono';
import { z } from 'zod';
import {
  type AccountDetail,
  type AccountName,
  type AccountNetwork,
  DecisionRefused,
  type NewDecision,
} from '../../collector/store/store.ts';
import {
  type CorrectionProblems,
  readCorrection,
  type TypedCorrection,
} from '../../collector/typed/correction.ts';
import { companyDomain, saysOf } from '../../collector/typed/rule.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { CorrectionForm } from '../parts/correction-form.tsx';
import { DecisionLog } from '../parts/decision-log.tsx';
import { Icon } from '../parts/icon.tsx';
import { MergeForm, OtherDomains, ParentForm } from '../parts/merge-forms.tsx';
import { Notice } from '../parts/notice.tsx';
import { mayManageAccounts, mayUndo } from '../roles.ts';
import { safePath } from '../safe-path.ts';
import { problem } from './problem.tsx';

const id = z.coerce.number().int().positive();
const maxSearchLength = 100;
const maxFound = 12;
const maxDecisions = 100;

const blank: TypedCorrection = { scope: '', says: 'never', name: '', domain: '', note: '' };

interface Asked {
  account: AccountDetail;
  networks: AccountNetwork[];
}

/** The account of the page's address, wherever it is now; null if there is none. */
async function accountOf(c: Context<Env>, house: House): Promise<Asked | null> {
  const asked = id.safeParse(c.req.param('id'));
  const home = asked.success ? await house.store.accountHome(asked.data) : null;
  const account = home === null ? null : await house.store.account(home, null, house.now());
  return account && { account, networks: await house.store.accountNetworks(account.id) };
}

const noAccount = (c: Context<Env>, house: House) =>
  problem(c, house, 404, 'No such company', 'It may have been merged with another, or never was.');

async function show(
  c: Context<Env>,
  house: House,
  { account, networks }: Asked,
  told: { typed?: TypedCorrection; problems?: CorrectionProblems; refused?: string } = {},
) {
  const { typed = blank, problems = {}, refused } = told;
  const user = c.get('user');
  const isManager = mayManageAccounts(user);
  const search = (c.req.query('q') ?? '').trim().slice(0, maxSearchLength);
  const found = search === '' ? [] : await house.store.findAccounts(search, maxFound + 1);
  const others = found.filter((other: AccountName) => other.id !== account.id).slice(0, maxFound);
  const decisions = await house.store.decisions(account.id, maxDecisions);
  const isRefused = refused !== undefined || Object.keys(problems).length > 0;
  return render(
    c,
    house,
    { title: `Correct ${account.name}`, place: 'accounts', status: isRefused ? 400 : 200 },
    <>
      <a class="back" href={`/accounts/${account.id}`}>
        <Icon name="left" />
        {account.name}
      </a>
      <div class="page-head">
        <h1>Correct {account.name}</h1>
      </div>
      <p class="lead">
        A correction holds for visits to come and for those that were. It is logged with your name, and can be
        undone.
      </p>
      {refused !== undefined && <Notice>{refused}</Notice>}
      <div class="settings-columns correct">
        <div class="correct-main">
          <CorrectionForm
            account={account}
            networks={networks}
            typed={typed}
            problems={problems}
            isManager={isManager}
          />
          {isManager && <MergeForm account={account} search={search} found={others} />}
        </div>
        <div class="correct-side">
          {isManager && <OtherDomains account={account} />}
          {isManager && <ParentForm account={account} search={search} found={others} />}
          <section class="card" id="log" aria-labelledby="log-title">
            <div class="card-head">
              <h2 id="log-title">Decided so far</h2>
            </div>
            {decisions.length === 0 ? (
              <p class="muted">Nothing yet.</p>
            ) : (
              <DecisionLog
                decisions={decisions}
                now={house.now()}
                back={`/accounts/${account.id}`}
                mayUndo={(decision) => mayUndo(user, decision.madeBy)}
              />
            )}
          </section>
        </div>
      </div>
    </>,
  );
}

export function correctPage(house: House): Page {
  return async (c) => {
    const asked = await accountOf(c, house);
    return asked ? show(c, house, asked) : noAccount(c, house);
  };
}

/** Makes a decision and goes on to the account that its visits are in now. */
async function decide(c: Context<Env>, house: House, asked: Asked, decision: NewDecision) {
  try {
    const made = await house.store.decide(decision, c.get('user').email, house.now());
    const home = (await house.store.accountHome(asked.account.id)) ?? asked.account.id;
    return c.redirect(`/accounts/${home}?done=${made.id}`, 303);
  } catch (error) {
    if (!(error instanceof DecisionRefused)) throw error;
    return show(c, house, asked, { refused: sentence(error.message) });
  }
}

export function correct(house: House): Page {
  return async (c) => {
    const asked = await accountOf(c, house);
    if (!asked) return noAccount(c, house);
    const form = await readForm(c);
    const typed: TypedCorrection = {
      scope: form('scope'),
      says: saysOf(form('says')),
      name: form('name'),
      domain: form('domain'),
      note: form('note'),
    };
    const { account, networks } = asked;
    const read = readCorrection(typed, account, networks, mayManageAccounts(c.get('user')));
    return 'problems' in read
      ? show(c, house, asked, { typed, problems: read.problems })
      : decide(c, house, asked, read.decision);
  };
}

/** Merges, splits, gives a further domain or a parent: forms of one choice, for those who answer for the list. */
export function relate(house: House): Page {
  return async (c) => {
    const asked = await accountOf(c, house);
    if (!asked) return noAccount(c, house);
    if (!mayManageAccounts(c.get('user')))
      return problem(c, house, 403, 'Not yours to decide', 'Ask an owner or a marketer of this Footlight.');
    const read = readRelation(await readForm(c), asked.account.id);
    return 'refused' in read
      ? show(c, house, asked, { refused: read.refused })
      : decide(c, house, asked, read.decision);
  };
}

function readRelation(
  form: (name: string) => string,
  accountId: number,
): { decision: NewDecision } | { refused: string } {
  const note = '';
  const other = id.safeParse(form('account'));
  switch (form('kind')) {
    case 'merge':
      if (!other.success) return { refused: 'Choose the company that this one is.' };
      return { decision: { kind: 'merge', accountId, targetId: other.data, note } };
    case 'split':
      if (!other.success) return { refused: 'Choose what to split off.' };
      return { decision: { kind: 'split', accountId: other.data, note } };
    case 'parent': {
      const targetId = form('account') === '' ? null : other.data;
      if (targetId === undefined) return { refused: 'Choose the company that this one is part of.' };
      return { decision: { kind: 'parent', accountId, targetId, note } };
    }
    case 'alias':
      try {
        return { decision: { kind: 'alias', accountId, domain: companyDomain(form('domain')), note } };
      } catch (error) {
        return { refused: sentence(error instanceof Error ? error.message : String(error)) };
      }
    default:
      return { refused: 'That form is not known here; open the page again.' };
  }
}

export function undoDecision(house: House): Page {
  return async (c) => {
    const asked = id.safeParse(c.req.param('id'));
    const decision = asked.success ? await house.store.decision(asked.data) : null;
    const back = safePath((await readForm(c))('back'));
    if (!decision) return problem(c, house, 404, 'No such decision', 'It may have been mistyped.');
    if (!mayUndo(c.get('user'), decision.madeBy))
      return problem(c, house, 403, 'Not yours to undo', 'Ask an owner or a marketer of this Footlight.');
    try {
      await house.store.undo(decision.id, c.get('user').email, house.now());
    } catch (error) {
      if (!(error instanceof DecisionRefused)) throw error;
      return problem(c, house, 400, 'This cannot be undone', sentence(error.message));
    }
    return c.redirect(`${back}${back.includes('?') ? '&' : '?'}done=${decision.id}`, 303);
  };
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
