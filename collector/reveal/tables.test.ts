/** The checker of the tables: each mistake is told with its file and line, for people who correct them by hand. */
import { readdirSync } from 'node:fs';
import { parse } from 'tldts';
import { describe, expect, test } from 'vitest';
import { wordsOf } from './name.ts';
import { readLines, readRows, readWords, tablesFolder, wordsIn } from './tables.ts';

const wordTables = [
  'network-words.txt',
  'trade-words.txt',
  'pool-words.txt',
  'legal-forms.txt',
  'given-names.txt',
  'writing.txt',
];
const organisationTables = ['companies.txt', 'education.txt', 'public-bodies.txt', 'operators.txt'];
const numberTables = [
  { file: 'company-networks.txt', columns: 4 },
  { file: 'carrier-networks.txt', columns: 2 },
];
const mailTables = ['mail-domains.txt', 'mailboxes.txt'];

/** Tells each key that was there before. */
function twice() {
  const seen = new Map<string, string>();
  return (key: string, at: string): string[] => {
    const before = seen.get(key);
    if (before === undefined) seen.set(key, at);
    return before === undefined ? [] : [`${at}: “${key}” is there already, at ${before}`];
  };
}

function domainProblems(domain: string, at: string): string[] {
  const registrable = parse(domain, { allowPrivateDomains: false }).domain;
  if (domain !== domain.toLowerCase()) return [`${at}: write “${domain}” in lower case`];
  return registrable === domain || parse(domain).publicSuffix === domain
    ? []
    : [`${at}: “${domain}” is no registrable domain${registrable === null ? '' : `; is it ${registrable}?`}`];
}

function wordProblems(word: string, at: string): string[] {
  const bare = word.replace(/^[*=]|\*$/g, '');
  const read = wordsOf(bare).join(' ');
  if (/[*].*\s|\s.*[*]/.test(word)) return [`${at}: “${word}” has a * beside several words`];
  return read === bare ? [] : [`${at}: “${word}” never matches, for names are read as “${read}”`];
}

test('each table in the folder is checked here', () => {
  const checked = [
    ...wordTables,
    ...organisationTables,
    ...numberTables.map(({ file }) => file),
    ...mailTables,
  ];
  expect(readdirSync(tablesFolder).sort()).toEqual(checked.sort());
});

test.each(wordTables)('%s has each word once in its section, written as names are read', (file) => {
  const isTwice = twice();
  const problems = readLines(file).flatMap(({ section, text, at }) =>
    wordsIn(text).flatMap((word) => [...wordProblems(word, at), ...isTwice(`[${section}] ${word}`, at)]),
  );
  expect(problems).toEqual([]);
});

test('organisations have a name, spellings of their own and a domain; one domain has one name', () => {
  const isTwice = twice();
  const names = new Map<string, string>();
  const problems = organisationTables.flatMap((file) =>
    readRows(file, 3).flatMap(({ cells, at }) => {
      const [name = '', domain = '', spellings = ''] = cells;
      const needsDomain = file !== 'operators.txt';
      const found = wordsIn(spellings).flatMap((word) => [
        ...(wordsOf(word).length === 0 ? [`${at}: “${word}” has no word`] : []),
        ...isTwice(wordsOf(word.replace('=', '')).join(' '), at),
      ]);
      if (name === '') found.push(`${at}: the name is missing`);
      if (wordsIn(spellings).length === 0) found.push(`${at}: no spelling, so it is never found`);
      if (domain === '') return needsDomain ? [...found, `${at}: the domain is missing`] : found;
      const other = names.get(domain) ?? name;
      names.set(domain, other);
      if (other !== name) found.push(`${at}: ${domain} is called “${other}” above, “${name}” here`);
      return [...found, ...domainProblems(domain, at)];
    }),
  );
  expect(problems).toEqual([]);
});

test('autonomous systems are there once, in order, and their organisations are named as elsewhere', () => {
  const isTwice = twice();
  const names = new Map(
    organisationTables.flatMap((file) => readRows(file, 3).map(({ cells }) => [cells[1] ?? '', cells[0]])),
  );
  const problems = numberTables.flatMap(({ file, columns }) => {
    let before = { section: '', number: 0 };
    return readRows(file, columns).flatMap(({ section, cells, at }) => {
      const found: string[] = isTwice(cells[0] ?? '', at);
      const number = Number(cells[0]);
      if (!/^[1-9]\d*$/.test(cells[0] ?? '') || number >= 2 ** 32) found.push(`${at}: no AS number`);
      if (section === before.section && number < before.number) found.push(`${at}: not in order`);
      before = { section, number };
      if (columns < 4) return cells[1] === '' ? [...found, `${at}: the name is missing`] : found;
      const [, word = '', name = '', domain = ''] = cells;
      const known = names.get(domain) ?? name;
      if (known !== name) found.push(`${at}: ${domain} is called “${known}” elsewhere, “${name}” here`);
      return [...found, ...wordProblems(word, at), ...domainProblems(domain, at)];
    });
  });
  expect(problems).toEqual([]);
});

test('e-mail domains are registrable and there once', () => {
  const isTwice = twice();
  const problems = readLines('mail-domains.txt').flatMap(({ section, text, at }) =>
    wordsIn(text).flatMap((entry) => [
      ...isTwice(entry, at),
      ...(section === 'brand' || section.endsWith('host') ? [] : mailDomainProblems(entry, at)),
    ]),
  );
  expect(problems).toEqual([]);
});

/** A provider may give mailboxes below its own domain. */
function mailDomainProblems(domain: string, at: string): string[] {
  return domain === domain.toLowerCase() && parse(domain).domain !== null
    ? []
    : [`${at}: “${domain}” is no domain in lower case`];
}

describe('a table that cannot be read says where', () => {
  test('a row with a cell too few or too many', () => {
    expect(() => readRows('carrier-networks.txt', 3)).toThrow(/carrier-networks\.txt:\d+: .* has 2 cells/);
  });

  test('a section that is missing, and one that is unknown', () => {
    expect(() => readWords('pool-words.txt', ['pool', 'host', 'lake'])).toThrow('[lake] is missing');
    expect(() => readWords('mailboxes.txt', ['role'])).toThrow(/mailboxes\.txt:\d+: “\[private suffix\]”/);
  });
});
