/** A decision as a program sends it, and as it is told: the same choices as on the pages, held to the same checks. */
import { z } from '@hono/zod-openapi';
import { decisionKinds } from '../identify/decision.ts';
import type { Decision, NewDecision } from '../store/store.ts';
import { readCorrection } from '../typed/correction.ts';
import { companyDomain, isAddress, maxTextLength, readRule } from '../typed/rule.ts';
import { accountHome } from './account-home.ts';
import { demand } from './caller.ts';
import type { Asked } from './operation.ts';
import { Problem } from './problem.ts';
import { accountName, iso, isoOrNull, nameTold, orNull, time } from './shapes.ts';

const note = z
  .string()
  .max(maxTextLength)
  .default('')
  .openapi({ description: 'Why, for whoever reads it in a year.' });
const says = z
  .enum(['company', 'never', 'own'])
  .openapi({ description: '`company` with `name`; `never` a company; `own`: ourselves.' });
const named = {
  name: z
    .string()
    .max(maxTextLength)
    .default('')
    .openapi({ description: 'Of the company, where it is one.' }),
  domain: z.string().max(253).default('').openapi({ description: 'Of the company, where it is known.' }),
};
const accountId = z.int().min(1).openapi({ description: 'The account’s number.' });

/** What can be sent; each with the scope that it takes. */
export const newDecision = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('correction').openapi({ description: 'Visits of an account are somebody else’s.' }),
      account: accountId,
      about: z.string().max(100).openapi({
        description:
          'Which visits: one of `about` of the account’s networks, or `account` for all that are named so.',
        example: 'range:198.51.100.0/24',
      }),
      says,
      ...named,
      note,
    }),
    z.strictObject({
      kind: z.literal('rule').openapi({ description: 'Who a network is.' }),
      match: z
        .string()
        .max(100)
        .openapi({ description: 'A range, an address or an AS number.', example: '203.0.113.0/24' }),
      says,
      ...named,
      note,
    }),
    z.strictObject({
      kind: z.literal('merge').openapi({ description: 'Two accounts are one.' }),
      account: accountId,
      target: accountId.openapi({ description: 'The account that it is.' }),
      note,
    }),
    z.strictObject({
      kind: z.literal('split').openapi({ description: 'An account that was merged stands alone again.' }),
      account: accountId,
      note,
    }),
    z.strictObject({
      kind: z.literal('alias').openapi({ description: 'A further domain of an account.' }),
      account: accountId,
      domain: z.string().max(253),
      note,
    }),
    z.strictObject({
      kind: z.literal('parent').openapi({ description: 'An account is part of another.' }),
      account: accountId,
      target: accountId.nullable().openapi({ description: 'Null: of none.' }),
      note,
    }),
    z.strictObject({
      kind: z.literal('forget').openapi({ description: 'What an address was taught so far does not count.' }),
      address: z
        .string()
        .max(40)
        .openapi({ description: '`address` of the list of what was learned.', example: '1002003' }),
      note,
    }),
  ])
  .openapi('NewDecision');

type Sent = z.output<typeof newDecision>;
type DecisionAsked = Asked<unknown, unknown, unknown>;

/**
 * What is to be decided, once it is clear that this key may.
 * @throws Problem that says what is wrong, or which scope it takes
 */
export async function readDecision(asked: DecisionAsked, sent: Sent): Promise<NewDecision> {
  const { caller } = asked;
  switch (sent.kind) {
    case 'correction':
      return correction(asked, sent);
    case 'rule':
      demand(caller, 'settings:write');
      return rule(asked, sent);
    case 'forget':
      demand(caller, 'settings:write');
      return forgetting(asked, sent);
    case 'merge':
      demand(caller, 'accounts:write');
      return { kind: 'merge', accountId: sent.account, targetId: sent.target, note: sent.note };
    case 'split':
      demand(caller, 'accounts:write');
      return { kind: 'split', accountId: sent.account, note: sent.note };
    case 'parent':
      demand(caller, 'accounts:write');
      return {
        kind: 'parent',
        accountId: await accountHome(asked, sent.account),
        targetId: sent.target,
        note: sent.note,
      };
    case 'alias':
      demand(caller, 'accounts:write');
      return {
        kind: 'alias',
        accountId: await accountHome(asked, sent.account),
        domain: domainOf(sent.domain),
        note: sent.note,
      };
  }
}

async function correction(
  asked: DecisionAsked,
  sent: Extract<Sent, { kind: 'correction' }>,
): Promise<NewDecision> {
  const id = await accountHome(asked, sent.account);
  const account = await asked.store.account(id, null, asked.now());
  if (account === null) throw new Problem('not-found', `there is no account ${id}`);
  const networks = await asked.store.accountNetworks(id);
  const read = readCorrection(
    { scope: sent.about, says: sent.says, name: sent.name, domain: sent.domain, note: sent.note },
    account,
    networks,
    asked.caller.may('accounts:write'),
  );
  if ('decision' in read) return read.decision;
  // What is offered on a page is the list of `about` here.
  const { scope, ...problems } = read.problems;
  throw refused({ ...problems, ...(scope !== undefined && { about: scope }) });
}

async function rule(asked: DecisionAsked, sent: Extract<Sent, { kind: 'rule' }>): Promise<NewDecision> {
  const taken = (await asked.store.ownerRules()).map(({ match }) => match);
  const read = readRule(sent, taken);
  if ('problems' in read) throw refused(read.problems);
  const { match, company } = read.rule;
  return {
    kind: 'network',
    match,
    addressKey: isAddress(match) ? asked.addressKey(match) : null,
    says: company ?? (sent.says === 'own' ? 'own' : 'never'),
    accountId: null,
    note: read.rule.note,
  };
}

async function forgetting(
  asked: DecisionAsked,
  sent: Extract<Sent, { kind: 'forget' }>,
): Promise<NewDecision> {
  const key = /^\d{1,15}$/.test(sent.address) ? Number(sent.address) : null;
  const [taught] = key === null ? [] : await asked.store.teachings(0, [key]);
  if (key === null || taught === undefined)
    throw new Problem(
      'refused',
      `nobody taught the address "${sent.address}"; GET /api/v1/learned lists those that were`,
    );
  const match = taught.prefix === null ? 'one address' : `one address in ${taught.prefix}`;
  return { kind: 'forget', addressKey: key, match, note: sent.note };
}

function domainOf(typed: string): string {
  try {
    return companyDomain(typed);
  } catch (error) {
    throw refused({ domain: error instanceof Error ? error.message : String(error) });
  }
}

function refused(problems: Record<string, string>): Problem {
  const wrong = Object.entries(problems).map(([field, text]) => ({ where: `body.${field}`, says: text }));
  return new Problem('refused', wrong.map(({ where, says: text }) => `${where}: ${text}`).join('; '), {
    wrong,
  });
}

const movedPlaces = z.array(z.object({ name: z.string().nullable(), visits: z.int() }));

export const decisionShape = z
  .object({
    id: z.int(),
    kind: z.enum(decisionKinds),
    match: z
      .string()
      .nullable()
      .openapi({ description: 'The network, in words where only its hash is known.' }),
    says: z.enum(['company', 'never', 'own']).nullable(),
    account: orNull(accountName),
    target: orNull(accountName),
    note: z.string(),
    madeBy: z.string(),
    madeAt: time('When it was made.'),
    undoneBy: z.string().nullable(),
    undoneAt: z.iso.datetime().nullable(),
    moved: z
      .object({ visits: z.int(), visitors: z.int(), from: movedPlaces, to: movedPlaces })
      .openapi({ description: 'What it moved when it was made, or undone; a name of null is nobody’s.' }),
  })
  .openapi('Decision');

export const decisionExample: z.input<typeof decisionShape> = {
  id: 12,
  kind: 'merge',
  match: null,
  says: null,
  account: { id: 9, name: 'Brightwater Energie', domain: null },
  target: { id: 7, name: 'Brightwater Energy', domain: 'brightwater.example' },
  note: 'the same, in German',
  madeBy: 'key warehouse',
  madeAt: '2026-11-20T15:04:30.000Z',
  undoneBy: null,
  undoneAt: null,
  moved: {
    visits: 3,
    visitors: 2,
    from: [{ name: 'Brightwater Energie', visits: 3 }],
    to: [{ name: 'Brightwater Energy', visits: 3 }],
  },
};

export const decisionTold = (one: Decision): z.input<typeof decisionShape> => ({
  id: one.id,
  kind: one.kind,
  match: one.match,
  says: one.says,
  account: nameTold(one.account),
  target: nameTold(one.target),
  note: one.note,
  madeBy: one.madeBy,
  madeAt: iso(one.madeAt),
  undoneBy: one.undoneBy,
  undoneAt: isoOrNull(one.undoneAt),
  moved: one.moved,
});
