/** People from a file: who they are, where they work, and what they are in buying. */
import { companyOfRow } from '../../identify/row-company.ts';
import { type BuyingRole, buyingRoles, type ContactRow } from '../../store/people.ts';
import { quoted } from './refusals.ts';
import type { NoRow, Subject, Told } from './subject.ts';
import { domainOf, emailOf, isWrong, type Wrong, webPageOf } from './values.ts';

const max = 300;

export const contacts: Subject<ContactRow> = {
  kind: 'contacts',
  fields: [
    {
      name: 'email',
      label: 'E-mail',
      headings: [
        'email',
        'e mail',
        'mail',
        'email address',
        'contact email',
        'work email',
        'person email',
        'person work email',
      ],
      max,
    },
    {
      name: 'name',
      label: 'Name',
      headings: ['name', 'full name', 'contact', 'contact name', 'person', 'person name'],
      max,
    },
    {
      name: 'first',
      label: 'First name',
      headings: ['first name', 'given name', 'firstname', 'vorname'],
      max,
    },
    {
      name: 'last',
      label: 'Last name',
      headings: ['last name', 'surname', 'family name', 'lastname', 'nachname'],
      max,
    },
    {
      name: 'title',
      label: 'Job title',
      headings: ['title', 'job title', 'jobtitle', 'position', 'function', 'person job title'],
      max,
    },
    { name: 'department', label: 'Department', headings: ['department', 'team', 'abteilung'], max },
    {
      name: 'phone',
      label: 'Phone',
      headings: [
        'phone',
        'phone number',
        'telephone',
        'mobile',
        'mobile phone',
        'telefon',
        'person phone',
        'direct phone',
      ],
      max,
    },
    {
      name: 'domain',
      label: 'Company’s domain',
      headings: [
        'domain',
        'website',
        'company domain',
        'company domain name',
        'account domain',
        'company website',
        'web site',
      ],
      max,
    },
    {
      name: 'account',
      label: 'Company’s name',
      headings: [
        'account',
        'company',
        'company name',
        'account name',
        'organization',
        'organisation',
        'firma',
        'person organization',
      ],
      max,
    },
    {
      name: 'role',
      label: 'Buying role',
      headings: ['buying role', 'role', 'buyer role', 'buying center role'],
      max,
    },
    {
      name: 'linkedin',
      label: 'LinkedIn page',
      headings: [
        'linkedin',
        'linkedin url',
        'linkedin profile',
        'linkedin page',
        'person linkedin url',
        'contact linkedin url',
      ],
      max: 500,
    },
  ],
  missing: (taken) =>
    ['email', 'linkedin', 'name', 'last'].some((field) => taken.has(field))
      ? null
      : 'no column says who it is; choose the one with the e-mail or the name',
  row(told) {
    const email = checked(told, 'email', emailOf);
    if (isWrong(email)) return { ...email, field: 'email' } satisfies NoRow;
    const domain = checked(told, 'domain', domainOf);
    if (isWrong(domain)) return { ...domain, field: 'domain' } satisfies NoRow;
    const role = checked(told, 'role', roleOf);
    if (isWrong(role)) return { ...role, field: 'role' } satisfies NoRow;
    const linkedin = checked(told, 'linkedin', webPageOf);
    if (isWrong(linkedin)) return { ...linkedin, field: 'linkedin' } satisfies NoRow;
    const parts = [told.of('first'), told.of('last')].filter((part) => part !== null).join(' ');
    const name = told.of('name') ?? (parts === '' ? null : parts);
    const found = companyOfRow({ email, domain, account: told.of('account') });
    if (email === null && linkedin === null && (name === null || found === null))
      return {
        refused: 'no_person',
        field: null,
        says: 'has neither e-mail nor LinkedIn page, nor a name with a company; fill in one of them',
      };
    return {
      row: {
        email,
        name,
        title: told.of('title'),
        department: told.of('department'),
        phone: told.of('phone'),
        role,
        linkedin,
        company: found && { name: found.company.name, domain: found.company.domain },
        attributes: told.attributes,
      },
    };
  },
};

function checked<Value>(
  told: Told,
  field: string,
  check: (value: string) => Value | Wrong,
): Value | Wrong | null {
  const value = told.of(field);
  return value === null ? null : check(value);
}

/** What CRMs call the roles besides. */
const otherNames = new Map<string, BuyingRole>([
  ['decision maker', 'decision-maker'],
  ['economic buyer', 'decision-maker'],
  ['executive sponsor', 'champion'],
  ['blocker', 'gatekeeper'],
  ['end user', 'user'],
  ['procurement', 'buyer'],
  ['purchasing', 'buyer'],
]);

function roleOf(value: string): BuyingRole | Wrong {
  const word = value
    .toLowerCase()
    .replace(/[_\s-]+/g, ' ')
    .trim();
  const role = otherNames.get(word) ?? buyingRoles.find((one) => one === word.replace(' ', '-'));
  return (
    role ?? {
      refused: 'bad_role',
      says: `${quoted(value)} is no buying role; write one of ${buyingRoles.join(', ')}`,
    }
  );
}
