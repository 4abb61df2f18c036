/** What somebody is in buying, to be said where they stand; and where it is known from. */
import { roleWords } from '../../collector/journey/buying-group.ts';
import type { AccountPerson } from '../../collector/store/people.ts';
import { chosenRole, roleChoices, whomOf } from '../role-words.ts';
import { Moment } from './moment.tsx';

/** Where a role is known from: the word of a user stands over a file's, and both are told. */
function Source({ person, now }: { person: AccountPerson; now: number }) {
  const { roleSaid, fileRole } = person;
  if (roleSaid === null) return fileRole === null ? null : <>from your file</>;
  const differs = fileRole !== null && fileRole !== roleSaid.role;
  return (
    <>
      said by {roleSaid.by}, <Moment at={roleSaid.at} now={now} />
      {differs && `; your file says ${roleWords[fileRole].toLowerCase()}`}
    </>
  );
}

export function RoleForm(props: {
  accountId: number;
  person: AccountPerson;
  tab: 'people' | 'prospects';
  now: number;
}) {
  const { accountId, person, tab, now } = props;
  const whom = whomOf(person);
  const chosen = chosenRole(person);
  return (
    <form method="post" action={`/accounts/${accountId}/roles`} class="role-form">
      <input type="hidden" name="whom" value={whom} />
      <input type="hidden" name="tab" value={tab} />
      <label class="hidden" for={`role-${whom}`}>
        Buying role of {person.name ?? person.label}
      </label>
      <select id={`role-${whom}`} name="role">
        {roleChoices(person).map(({ value, label }) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
      <button
        type="submit"
        class="button button-small"
        aria-label={`Set the role of ${person.name ?? person.label}`}
      >
        Set
      </button>
      <span class="role-source">
        <Source person={person} now={now} />
      </span>
    </form>
  );
}
