/** Whose row of a file it is: the company behind a person's e-mail, else the one that the row names. Pure. */
import { companyOfEmail } from '../reveal/email.ts';
import type { Company } from '../reveal/verdict.ts';
import { companyOfGroup } from './organisation.ts';

/** Any mailbox that is nobody's role. */
const anybody = 'x';

/** What a row says of whose it is; null where it says nothing. */
export interface RowParties {
  email: string | null;
  domain: string | null;
  /** A name, or else a domain: files have either in one column. */
  account: string | null;
}

/**
 * A person's business e-mail says it best, as it does on the site. Addresses at public mail providers are nobody's; a
 * role's (`info@…`) is its company's, though no person's.
 * @returns `byPerson`: the e-mail itself stands for the account; null where no company is named
 */
export function companyOfRow({
  email,
  domain,
  account,
}: RowParties): { company: Company; byPerson: boolean } | null {
  const employer = email === null ? null : companyOfEmail(email);
  if (employer !== null) return { company: employer.company, byPerson: true };
  const role = email === null ? null : companyOfEmail(`${anybody}@${email.slice(email.indexOf('@') + 1)}`);
  if (role !== null) return { company: role.company, byPerson: false };
  const isName = account !== null && !/^\S+\.\S+$/.test(account);
  const company = companyOfGroup({
    id: domain ?? account ?? '',
    traits: isName ? { name: account } : {},
  });
  return company === null ? null : { company, byPerson: false };
}
