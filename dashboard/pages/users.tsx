/** The people who may sign in: inviting, another role, removing. */
import type { Context } from 'hono';
import { isRole, type Role, roles } from '../../collector/access/role.ts';
import type { ListedUser } from '../auth.ts';
import { inviteDays } from '../auth-library.ts';
import { readForm } from '../form.ts';
import { type Env, type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AccessTabs } from '../parts/access-tabs.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { PieceOf } from '../parts/piece.tsx';
import { date } from '../words.ts';
import { problem } from './problem.tsx';

const roleWords: Record<Role, string> = {
  owner: 'Everything, settings and people too.',
  marketer: 'Companies, corrections, imports.',
  sales: 'Companies and their list; says what is no company.',
};

function RoleForm({ user }: { user: ListedUser }) {
  return (
    <form method="post" action={`/settings/users/${user.id}/role`} class="user-role">
      <select name="role" aria-label={`Role of ${user.email}`}>
        {roles.map((role) => (
          <option value={role} selected={role === user.role}>
            {role}
          </option>
        ))}
      </select>
      <button type="submit" class="button button-small">
        Change
      </button>
    </form>
  );
}

function RemoveForm({ user }: { user: ListedUser }) {
  return (
    <details class="user-remove">
      <summary>
        Remove<span class="hidden"> {user.email}</span>
      </summary>
      <form method="post" action={`/settings/users/${user.id}/remove`}>
        <button type="submit" class="button button-small">
          Yes, remove {user.email}
        </button>
      </form>
    </details>
  );
}

function UsersTable({ users, self }: { users: readonly ListedUser[]; self: string }) {
  return (
    <table class="list list-rules list-users">
      <caption class="hidden">People who may sign in</caption>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Role</th>
          <th scope="col">Since</th>
          <th scope="col">
            <span class="hidden">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr>
            <th scope="row">
              {user.email}
              <span class="claim-domain">
                {user.id === self ? 'you' : user.hasPassword ? 'has a password' : 'comes by a link'}
              </span>
            </th>
            <td data-label="Role">{user.id === self ? user.role : <RoleForm user={user} />}</td>
            <td data-label="Since">{date(user.createdAt)}</td>
            <td>{user.id !== self && <RemoveForm user={user} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Typed {
  email: string;
  role: string;
}

function InviteForm({ typed, refused }: { typed: Typed; refused: string | undefined }) {
  return (
    <section class="card" aria-labelledby="invite-title">
      <div class="card-head">
        <h2 id="invite-title">Let somebody in</h2>
      </div>
      <form method="post" action="/settings/users" class="form">
        <Field
          name="email"
          label="E-mail"
          hint="Of somebody who is in the list already: a new link, for a forgotten password. Their role stays."
          error={refused}
          input={{ type: 'email', autocomplete: 'off', required: true, value: typed.email }}
        />
        <fieldset class="options">
          <legend class="options-legend">Role</legend>
          {roles.map((role) => (
            <div class="option">
              <input
                type="radio"
                id={`role-${role}`}
                name="role"
                value={role}
                checked={typed.role === role}
                aria-describedby={`role-${role}-hint`}
              />
              <label for={`role-${role}`}>{role}</label>
              <p class="field-hint" id={`role-${role}-hint`}>
                {roleWords[role]}
              </p>
            </div>
          ))}
        </fieldset>
        <button type="submit" class="button button-primary">
          Make a sign-in link
        </button>
      </form>
    </section>
  );
}

interface Told {
  typed?: Typed;
  refused?: string;
  /** Why a change in the list was not made. */
  kept?: string;
  link?: { email: string; url: string };
}

async function show(c: Context<Env>, house: House, { typed, refused, kept, link }: Told = {}) {
  const users = await house.auth.listUsers();
  return render(
    c,
    house,
    {
      title: 'People',
      place: 'access',
      status: refused === undefined && kept === undefined ? 200 : 400,
      scripts: link ? ['copy'] : [],
    },
    <>
      <div class="page-head">
        <h1>People</h1>
      </div>
      <p class="lead">
        Who may look at this Footlight, and what they may do in it. A change of role counts from their next
        click on; who is removed is signed out at once.
      </p>
      <AccessTabs current="users" />
      {kept !== undefined && <Notice>{kept}</Notice>}
      {link && (
        <section class="card new-key" aria-labelledby="link-title" role="status">
          <div class="card-head">
            <h2 id="link-title">Send this link to {link.email}</h2>
            <span class="muted">It is shown this once, signs in once, and lasts {inviteDays} days.</span>
          </div>
          <div class="recipe">
            <PieceOf id="link" where="Sign-in link" code={link.url} />
          </div>
        </section>
      )}
      <div class="settings-columns">
        <section class="card card-list">
          <UsersTable users={users} self={c.get('user').id} />
        </section>
        <InviteForm typed={typed ?? { email: '', role: 'sales' }} refused={refused} />
      </div>
    </>,
  );
}

export function usersPage(house: House): Page {
  return (c) => show(c, house);
}

export function inviteUser(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const typed: Typed = { email: form('email').trim(), role: form('role') };
    const email = typed.email.toLowerCase();
    if (!isRole(typed.role)) return show(c, house, { typed, refused: 'Choose a role below' });
    const isKnown = await house.auth.hasUser(email);
    let path: string;
    try {
      path = await house.auth.inviteUser(email, isKnown ? undefined : typed.role);
    } catch (error) {
      return show(c, house, { typed, refused: error instanceof Error ? error.message : String(error) });
    }
    await house.store.record(
      {
        who: c.get('user').email,
        what: 'user-invited',
        subject: email,
        detail: isKnown ? { again: true } : { role: typed.role },
      },
      house.now(),
    );
    // In the answer itself: a page that one could come back to would have to keep it.
    return show(c, house, { link: { email, url: `${ownOrigin(house, c)}${path}` } });
  };
}

/** The user that a page's address names, who is somebody else: nobody takes their own keys by a slip. */
async function otherUser(c: Context<Env>, house: House): Promise<ListedUser | null> {
  const id = c.req.param('id');
  const found = (await house.auth.listUsers()).find((user) => user.id === id);
  return found === undefined || found.id === c.get('user').id ? null : found;
}

const noUser = (c: Context<Env>, house: House) =>
  problem(
    c,
    house,
    404,
    'No such person',
    'They may have been removed; your own role another owner changes.',
  );

export function setUserRole(house: House): Page {
  return async (c) => {
    const user = await otherUser(c, house);
    if (user === null) return noUser(c, house);
    const role = (await readForm(c))('role');
    if (!isRole(role))
      return show(c, house, { kept: `"${role.slice(0, 40)}" is no role; choose one of the list.` });
    const kept = await house.auth.setRole(user.id, role);
    if (kept !== null) return show(c, house, { kept });
    if (role !== user.role)
      await house.store.record(
        {
          who: c.get('user').email,
          what: 'user-role',
          subject: user.email,
          detail: { from: user.role, to: role },
        },
        house.now(),
      );
    return c.redirect('/settings/users', 303);
  };
}

export function removeUser(house: House): Page {
  return async (c) => {
    const user = await otherUser(c, house);
    if (user === null) return noUser(c, house);
    const kept = await house.auth.removeUser(user.id);
    if (kept !== null) return show(c, house, { kept });
    await house.store.forgetAlertsOf(user.email);
    const who = c.get('user').email;
    await house.store.record(
      { who, what: 'user-removed', subject: user.email, detail: { role: user.role } },
      house.now(),
    );
    return c.redirect('/settings/users', 303);
  };
}
