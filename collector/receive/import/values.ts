/** Values of a file, checked by what their column is for. Pure; a value that is none is told with what to do. */
import { getDomain } from 'tldts';
import { quoted, type RowRefusal } from './refusals.ts';

/** What is wrong with a value. */
export interface Wrong {
  refused: RowRefusal;
  says: string;
}

export function isWrong(value: unknown): value is Wrong {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

const emailShape = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]+\.[^\s@,;<>".]+$/u;
const maxEmailLength = 254;

/** `Kim <Kim@Example.com>` → `kim@example.com`. */
export function emailOf(value: string): string | Wrong {
  const bare = (/<([^<>]+)>\s*$/.exec(value)?.[1] ?? value)
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();
  return bare.length <= maxEmailLength && emailShape.test(bare)
    ? bare
    : {
        refused: 'bad_email',
        says: `${quoted(value)} is no e-mail address; write one, e.g. kim@example.com`,
      };
}

const maxDomainLength = 253;

/** `https://www.acme.com/about` → `acme.com`. */
export function domainOf(value: string): string | Wrong {
  const domain = value.length > maxDomainLength + 100 ? null : getDomain(value.toLowerCase());
  return domain ?? { refused: 'bad_domain', says: `${quoted(value)} is no domain; write one, e.g. acme.com` };
}

export function countryOf(value: string): string | Wrong {
  const code = value.toUpperCase();
  return /^[A-Z]{2}$/.test(code)
    ? code
    : { refused: 'bad_country', says: `${quoted(value)} is no country; write two letters, e.g. DE` };
}

const symbols = new Map([
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
]);

export function currencyOf(value: string): string | Wrong {
  const code = symbols.get(value) ?? value.toUpperCase();
  return /^[A-Z]{3}$/.test(code)
    ? code
    : { refused: 'bad_currency', says: `${quoted(value)} is no currency; write three letters, e.g. EUR` };
}

export interface Amount {
  amount: number;
  /** Where it is written with the number. */
  currency: string | null;
}

/** `1,234.50`, `1.234,50 €`, `USD 1200`. Of two sorts of marks the last is the decimal one; three digits are a group. */
export function amountOf(value: string): Amount | Wrong {
  const wrong: Wrong = { refused: 'bad_number', says: `${quoted(value)} is no number; write it as 1234.50` };
  const found = /^(?:([A-Z]{3}|[€$£¥])\s*)?([+-]?[\d.,'\s\u00a0\u202f]*\d)(?:\s*([A-Z]{3}|[€$£¥]))?$/i.exec(
    value,
  );
  if (found === null) return wrong;
  const digits = (found[2] ?? '').replace(/['\s\u00a0\u202f]/g, '');
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const mark = last < 0 ? '' : digits.charAt(last);
  const isOnly = last >= 0 && digits.indexOf(mark) === last && !digits.includes(mark === '.' ? ',' : '.');
  const isRepeated = last >= 0 && digits.indexOf(mark) !== last;
  const isGroup =
    isRepeated || (isOnly && digits.length - last - 1 === 3 && last <= 4 && !/^[+-]?0/.test(digits));
  const plain =
    last < 0 || isGroup
      ? digits.replace(/[.,]/g, '')
      : `${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`;
  const amount = Number(plain);
  if (plain === '' || !Number.isFinite(amount)) return wrong;
  const told = found[1] ?? found[3];
  const currency = told === undefined ? null : currencyOf(told);
  return isWrong(currency) ? currency : { amount, currency };
}

const maxUrlLength = 500;

/** A page on the web; nothing that a browser would run. `linkedin.com/in/kim` → `https://linkedin.com/in/kim`. */
export function webPageOf(value: string): string | Wrong {
  const wrong: Wrong = {
    refused: 'bad_url',
    says: `${quoted(value)} is no address of a page; write one, e.g. https://www.linkedin.com/in/kim`,
  };
  const url = /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`;
  if (url.length > maxUrlLength || !URL.canParse(url)) return wrong;
  const { protocol, host, pathname } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || !host.includes('.')) return wrong;
  return `https://${host}${pathname.replace(/\/+$/, '')}`;
}
