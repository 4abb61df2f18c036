/** Company profiles from a file. */
import type { ProfileRow } from '../../store/store.ts';
import type { NoRow, Subject } from './subject.ts';
import { countryOf, domainOf, isWrong } from './values.ts';

const maxNameLength = 200;
const maxValueLength = 500;

export const profiles: Subject<ProfileRow> = {
  kind: 'profiles',
  fields: [
    {
      name: 'name',
      label: 'Company name',
      headings: [
        'name',
        'company',
        'company name',
        'account name',
        'account',
        'organization',
        'organisation',
        'firma',
      ],
      max: maxNameLength,
    },
    {
      name: 'domain',
      label: 'Domain or web site',
      headings: ['domain', 'website', 'web site', 'company domain name', 'account domain', 'url'],
      max: maxValueLength,
    },
    { name: 'industry', label: 'Industry', headings: ['industry', 'branche'], max: maxValueLength },
    {
      name: 'size',
      label: 'Size',
      headings: ['size', 'employees', 'number of employees', 'no. of employees', 'company size'],
      max: maxValueLength,
    },
    {
      name: 'country',
      label: 'Country, two letters',
      headings: ['country', 'country code', 'billing country'],
      max: maxValueLength,
    },
    {
      name: 'owner',
      label: 'Who looks after it',
      headings: ['owner', 'account owner', 'company owner'],
      max: maxValueLength,
    },
  ],
  missing: (taken) =>
    taken.has('name') || taken.has('domain')
      ? null
      : 'no column says which company it is; choose the one with its domain or its name',
  row(told) {
    const name = told.of('name');
    const typed = told.of('domain');
    if (name === null && typed === null)
      return {
        refused: 'no_company',
        field: null,
        says: 'neither name nor domain is filled in; fill in one',
      };
    const domain = typed === null ? null : domainOf(typed);
    if (isWrong(domain)) return { ...domain, field: 'domain' } satisfies NoRow;
    const written = told.of('country');
    const country = written === null ? null : countryOf(written);
    if (isWrong(country)) return { ...country, field: 'country' } satisfies NoRow;
    return {
      row: {
        name,
        domain,
        industry: told.of('industry'),
        size: told.of('size'),
        country,
        owner: told.of('owner'),
        attributes: told.attributes,
      },
    };
  },
};
