/** The owner's rules: who a network is, or that it is nobody. They beat every database. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { Decision } from '../../collector/store/store.ts';
import {
  isAddress,
  type RuleProblems,
  readRule,
  saysOf,
  type TypedRule,
} from '../../collector/typed/rule.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { DecisionLog } from '../parts/decision-log.tsx';
import { Done } from '../parts/done.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Field } from '../parts/field.tsx';
import { SettingsTabs } from '../parts/settings-tabs.tsx';
import { date } from '../words.ts';

/** Decisions shown at most. */
const maxDecisions = 200;

const blank: TypedRule = { match: '', says: 'company', name: '', domain: '', note: '' };

function RuleForm({ typed, problems }: { typed: TypedRule; problems: RuleProblems }) {
  const plain = { type: 'text', autocapitalize: 'none', spellcheck: false } as const;
  return (
    <section class="card" aria-labelledby="new-rule">
      <div class="card-head">
        <h2 id="new-rule">New rule</h2>
      </div>
      <form method="post" action="/settings/rules" class="form">
        <Field
          name="match"
          label="Network"
          hint="A range (203.0.113.0/24), an address, or an AS number (AS64500)."
          error={problems.match}
          input={{ ...plain, required: true, value: typed.match }}
        />
        <fieldset class="choice">
          <legend>Is</legend>
          <label>
            <input type="radio" name="says" value="company" checked={typed.says === 'company'} />
            this company
          </label>
          <label>
            <input type="radio" name="says" value="never" checked={typed.says === 'never'} />
            never a company
          </label>
          <label>
            <input type="radio" name="says" value="own" checked={typed.says === 'own'} />
            ourselves
          </label>
        </fieldset>
        <div class="form-row form-company">
          <Field
            name="name"
            label="Company"
            error={problems.name}
            input={{ type: 'text', value: typed.name }}
          />
          <Field
            name="domain"
            label="Its domain"
            error={problems.domain}
            input={{ ...plain, placeholder: 'example.com', value: typed.domain }}
          />
        </div>
        <Field
          name="note"
          label="Why"
          hint="Optional, for whoever reads this in a year."
          error={problems.note}
          input={{ type: 'text', value: typed.note }}
        />
        <button type="submit" class="button button-primary">
          Add the rule
        </button>
      </form>
    </section>
  );
}

function RulesTable({ rules }: { rules: readonly Decision[] }) {
  return (
    <table class="list list-rules">
      <caption class="hidden">Rules</caption>
      <thead>
        <tr>
          <th scope="col">Network</th>
          <th scope="col">Is</th>
          <th scope="col">Why</th>
          <th scope="col">Since</th>
          <th scope="col">
            <span class="hidden">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr>
            <th scope="row">
              <code>{rule.match}</code>
            </th>
            <td data-label="Is">
              {rule.target && rule.says === 'company' ? (
                <>
                  <a href={`/accounts/${rule.target.id}`}>{rule.target.name}</a>
                  {rule.target.domain && <span class="claim-domain">{rule.target.domain}</span>}
                </>
              ) : rule.says === 'own' ? (
                'ourselves'
              ) : (
                'never a company'
              )}
            </td>
            <td data-label="Why">{rule.note || '–'}</td>
            <td data-label="Since">{date(rule.madeAt)}</td>
            <td>
              <form method="post" action={`/settings/rules/${rule.id}/remove`}>
                <button
                  type="submit"
                  class="button button-small"
                  aria-label={`Remove the rule for ${rule.match}`}
                >
                  Remove
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

async function rulesPageWith(c: Context<Env>, house: House, typed: TypedRule, problems: RuleProblems) {
  const log = await house.store.decisions(null, maxDecisions);
  const rules = log.filter(({ kind, undoneAt }) => kind === 'network' && undoneAt === null);
  const done = z.coerce.number().int().positive().safeParse(c.req.query('done'));
  const decision = done.success ? await house.store.decision(done.data) : null;
  const isRefused = Object.keys(problems).length > 0;
  return render(
    c,
    house,
    { title: 'Rules', place: 'rules', status: isRefused ? 400 : 200 },
    <>
      <div class="page-head">
        <h1>Rules</h1>
      </div>
      <p class="lead">
        What you know better than any database. A rule holds for visits to come and for those that were; one
        for a range smaller than a /24 or a /48 from the next visit on, since addresses are cut before they
        are kept.
      </p>
      <SettingsTabs current="rules" />
      {decision && <Done decision={decision} back="/settings/rules" mayUndo={true} />}
      <div class="settings-columns">
        <section class="card card-list">
          {rules.length === 0 ? (
            <EmptyState icon="building" title="No rules yet">
              Name the network of a customer that the databases miss, or mark your own office as “never a
              company”.
            </EmptyState>
          ) : (
            <RulesTable rules={rules} />
          )}
        </section>
        <RuleForm typed={typed} problems={problems} />
      </div>
      {log.length > 0 && (
        <section class="card log-card" aria-labelledby="log-title">
          <div class="card-head">
            <h2 id="log-title">Everything decided</h2>
            <span class="muted">Also on the companies’ own pages</span>
          </div>
          <DecisionLog decisions={log} now={house.now()} back="/settings/rules" mayUndo={() => true} />
        </section>
      )}
    </>,
  );
}

export function rulesPage(house: House): Page {
  return (c) => rulesPageWith(c, house, blank, {});
}

export function addRule(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const typed: TypedRule = {
      match: form('match'),
      says: saysOf(form('says')),
      name: form('name'),
      domain: form('domain'),
      note: form('note'),
    };
    const taken = (await house.store.ownerRules()).map((rule) => rule.match);
    const read = readRule(typed, taken);
    if ('problems' in read) return rulesPageWith(c, house, typed, read.problems);
    const { match, company, note } = read.rule;
    const made = await house.store.decide(
      {
        kind: 'network',
        match,
        addressKey: isAddress(match) ? house.addressKey(match) : null,
        says: company ?? (typed.says === 'own' ? 'own' : 'never'),
        accountId: null,
        note,
      },
      c.get('user').email,
      house.now(),
    );
    return c.redirect(`/settings/rules?done=${made.id}`, 303);
  };
}

export function removeRule(house: House): Page {
  return async (c) => {
    const asked = c.req.param('id');
    const rule = (await house.store.ownerRules()).find(({ id }) => String(id) === asked);
    // Gone already is what was asked for.
    if (rule) await house.store.undo(rule.id, c.get('user').email, house.now());
    return c.redirect('/settings/rules', 303);
  };
}
