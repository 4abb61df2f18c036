/** API keys: which there are, making one that is shown this once, and ending one. */
import type { Context } from 'hono';
import { makeApiKey, readKeyName, readScopes } from '../../collector/access/api-key.ts';
import { type Capability, capabilitiesOf } from '../../collector/access/capability.ts';
import { isRole, type Role } from '../../collector/access/role.ts';
import { type ApiKey, KeyRefused } from '../../collector/store/api-key.ts';
import { type Env, type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AccessTabs } from '../parts/access-tabs.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { KeyForm, type KeyProblems, type TypedKey } from '../parts/key-form.tsx';
import { Moment } from '../parts/moment.tsx';
import { PieceOf } from '../parts/piece.tsx';
import { date } from '../words.ts';
import { problem } from './problem.tsx';

const blank: TypedKey = { name: '', role: 'marketer', scopes: [] };

function scopeWords({ role, scopes }: ApiKey) {
  const allowed = isRole(role) ? capabilitiesOf(role) : [];
  const held = allowed.filter((scope) => scopes.includes(scope));
  if (held.length === allowed.length) return 'all of it';
  return held.map((scope, index) => (
    <>
      {index > 0 && ', '}
      <code>{scope}</code>
    </>
  ));
}

function KeysTable({ keys, now }: { keys: readonly ApiKey[]; now: number }) {
  return (
    <table class="list list-rules list-keys">
      <caption class="hidden">API keys</caption>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">May</th>
          <th scope="col">Made</th>
          <th scope="col">Last used</th>
          <th scope="col">
            <span class="hidden">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr>
            <th scope="row">
              {key.name}
              <span class="claim-domain">
                <code>{key.prefix}…</code>
              </span>
            </th>
            <td data-label="May">
              {key.role}
              <span class="claim-domain">{scopeWords(key)}</span>
            </td>
            <td data-label="Made">
              {date(key.createdAt)}
              <span class="claim-domain">{key.createdBy}</span>
            </td>
            <td data-label="Last used">
              {key.lastUsedAt === null ? 'never' : <Moment at={key.lastUsedAt} now={now} />}
            </td>
            <td>
              {key.revokedAt === null ? (
                <form method="post" action={`/settings/keys/${key.id}/revoke`}>
                  <button type="submit" class="button button-small" aria-label={`Revoke the key ${key.name}`}>
                    Revoke
                  </button>
                </form>
              ) : (
                <span class="muted">revoked {date(key.revokedAt)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NewKey({ secret, name, origin }: { secret: string; name: string; origin: string }) {
  const pieces = [
    { id: 'secret', where: `Your key for ${name}`, code: secret },
    { id: 'try', where: 'Try it', code: `curl -H 'Authorization: Bearer ${secret}' ${origin}/api/v1/sites` },
  ];
  return (
    <section class="card new-key" aria-labelledby="secret-title" role="status">
      <div class="card-head">
        <h2 id="secret-title">Copy the key now</h2>
        <span class="muted">It is shown this once; we keep only its hash.</span>
      </div>
      <div class="recipe">
        {pieces.map((piece) => (
          <PieceOf {...piece} />
        ))}
      </div>
    </section>
  );
}

async function show(
  c: Context<Env>,
  house: House,
  told: { typed?: TypedKey; problems?: KeyProblems; made?: { secret: string; name: string } } = {},
) {
  const { typed = blank, problems = {}, made } = told;
  const keys = await house.store.keys();
  const isRefused = Object.keys(problems).length > 0;
  return render(
    c,
    house,
    { title: 'API keys', place: 'access', status: isRefused ? 400 : 200, scripts: made ? ['copy'] : [] },
    <>
      <div class="page-head">
        <h1>API keys</h1>
        <a href="/docs">What the API can do</a>
      </div>
      <p class="lead">
        For programs that read or change what you see here: a warehouse, a script, a CRM. Give each a key of
        its own, that may do what it needs and no more.
      </p>
      <AccessTabs current="keys" />
      {made && <NewKey {...made} origin={ownOrigin(house, c)} />}
      <div class="settings-columns">
        <section class="card card-list">
          {keys.length === 0 ? (
            <EmptyState icon="bolt" title="No keys yet">
              A key is for a program, as a sign-in is for a person. Make the first one beside this.
            </EmptyState>
          ) : (
            <KeysTable keys={keys} now={house.now()} />
          )}
        </section>
        <KeyForm typed={typed} problems={problems} />
      </div>
    </>,
  );
}

export function keysPage(house: House): Page {
  return (c) => show(c, house);
}

/** What was typed as a key to be made, or what is wrong with it. */
function readKey(
  typed: TypedKey,
): { name: string; role: Role; scopes: Capability[] } | { problems: KeyProblems } {
  const problems: KeyProblems = {};
  const reading = <Value,>(field: keyof KeyProblems, read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      problems[field] = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  };
  const { role } = typed;
  if (!isRole(role)) return { problems: { role: 'Choose a role' } };
  const name = reading('name', () => readKeyName(typed.name));
  const scopes = reading('scopes', () => readScopes(typed.scopes, role));
  return name === undefined || scopes === undefined ? { problems } : { name, role, scopes };
}

export function makeKey(house: House): Page {
  return async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const typed: TypedKey = {
      name: form.get('name') ?? '',
      role: form.get('role') ?? '',
      scopes: form.getAll('scope'),
    };
    const read = readKey(typed);
    if ('problems' in read) return show(c, house, { typed, problems: read.problems });
    const { secret, kept } = makeApiKey(read);
    try {
      await house.store.makeKey(kept, c.get('user').email, house.now());
    } catch (error) {
      if (!(error instanceof KeyRefused)) throw error;
      const says = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}`;
      return show(c, house, { typed, problems: { name: says } });
    }
    // In the answer itself: a page that one could come back to would have to keep it.
    return show(c, house, { made: { secret, name: read.name } });
  };
}

export function revokeKey(house: House): Page {
  return async (c) => {
    const id = Number(c.req.param('id'));
    const revoked = Number.isSafeInteger(id)
      ? await house.store.revokeKey(id, c.get('user').email, house.now())
      : null;
    return revoked === null
      ? problem(c, house, 404, 'No such key', 'It may have been mistyped; API keys lists them all.')
      : c.redirect('/settings/keys', 303);
  };
}
