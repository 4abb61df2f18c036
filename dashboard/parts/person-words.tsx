/** Somebody at a company: what they are called, what they do there, how they are reached. */
import type { AccountPerson } from '../../collector/store/people.ts';
import { mailHref } from '../mail-href.ts';
import { someonesPath } from '../person-address.ts';

export function PersonName({ person }: { person: AccountPerson }) {
  const { name, label, email, title, department, phone, linkedin } = person;
  const place = [title, department].filter(Boolean).join(', ');
  const shown = name ?? label;
  return (
    <>
      <a class="roster-name" href={someonesPath(person)}>
        {shown}
      </a>
      {place && <span>{place}</span>}
      {(email !== null || phone !== null || linkedin !== null) && (
        <span class="roster-reach">
          {email !== null && <a href={mailHref(email)}>{email === shown ? 'Write' : email}</a>}
          {phone !== null && phone !== shown && <span>{phone}</span>}
          {linkedin !== null && (
            <a href={linkedin} rel="noopener noreferrer nofollow">
              LinkedIn<span class="hidden"> page of {shown}</span>
            </a>
          )}
        </span>
      )}
    </>
  );
}
