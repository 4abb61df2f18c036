import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileWith, readFile } from '../../../test/support/imports.ts';
import { contacts } from './contact.ts';
import { textOf } from './content.ts';
import { csvRows } from './csv.ts';
import { linesOf } from './lines.ts';
import { guessMapping, withChoices } from './mapping.ts';
import type { RowRefusal } from './refusals.ts';
import { openTable, rowsOf } from './table.ts';

const noProfile = { industry: null, size: null, country: null, owner: null, attributes: {} };

describe('a file of profiles', () => {
  test.each([
    ['commas', 'Company name,Website,Employees,CRM id\n"Acme, Inc.",https://www.acme.com/about,1000+,7\n'],
    [
      'semicolons, as spreadsheets write them in much of Europe',
      '\uFEFFname;domain;size;CRM id\r\n"Acme, Inc.";acme.com;1000+;7\r\n',
    ],
    ['tabs', 'NAME\tDomain\tSize\tCRM id\nAcme, Inc.\tacme.com\t1000+\t7'],
    ['an object a line', '{"name":"Acme, Inc.","domain":"acme.com","size":"1000+","CRM id":7}\n'],
  ])('with %s is read, its unknown columns as attributes', async (_, content) => {
    expect(await readFile('profiles', content)).toMatchObject([
      {
        row: {
          ...noProfile,
          name: 'Acme, Inc.',
          domain: 'acme.com',
          size: '1000+',
          attributes: { 'CRM id': '7' },
        },
      },
    ]);
  });

  test.each<{ refused: RowRefusal; row: string; column: string | null; says: string }>([
    { refused: 'no_company', row: ',,DE', column: null, says: 'neither name nor domain' },
    { refused: 'bad_domain', row: 'Acme,no domain,DE', column: 'domain', says: '"no domain" is no domain' },
    { refused: 'bad_domain', row: 'Acme,co.uk,DE', column: 'domain', says: '"co.uk" is no domain' },
    { refused: 'bad_country', row: 'Acme,acme.com,Germany', column: 'country', says: 'write two letters' },
    {
      refused: 'too_long',
      row: `${'x'.repeat(201)},acme.com,DE`,
      column: 'name',
      says: '"name" has 201 characters',
    },
    {
      refused: 'malformed',
      row: 'Acme,acme.com',
      column: null,
      says: '2 columns where the heading line has 3',
    },
  ])('has a row refused as $refused with its line and column, and the next one read', async (wanted) => {
    const [bad, good] = await readFile('profiles', `name,domain,country\n${wanted.row}\nGood,good.com,DE\n`);
    expect(bad).toMatchObject({ line: 2, refused: wanted.refused, column: wanted.column });
    expect(bad && 'says' in bad ? bad.says : '').toContain(wanted.says);
    expect(good).toMatchObject({ line: 3, row: { name: 'Good' } });
  });
});

describe('what is no table', () => {
  test.each([
    ['nothing', '', 'the file is empty'],
    ['blank lines', '\n \n', 'the file is empty'],
    ['a JSON list', '[{"a":1}]', 'write an object a line'],
    ['121 columns', `name${',x'.repeat(120)}\n`, 'the file has 121 columns; at most 120'],
    ['a hundred thousand columns', `name${',x'.repeat(100_000)}\n`, 'cannot be read: longer than'],
    ['one column of ten megabytes', 'x'.repeat(10_000_000), 'cannot be read: longer than'],
    ['no names', ',,,\na,b,c,d\n', 'names no column'],
  ])('%s is refused with what to do', async (_, content, says) => {
    await expect(openTable(await fileWith(content))).rejects.toThrow(says);
  });
});

describe('a row that somebody broke', () => {
  const good = (name: string) => ({ row: { name } });

  test('by a quote that is never closed loses that row alone', async () => {
    const rows = await readFile('profiles', 'name,domain\nOne,one.com\n"Two,two.com\nThree,three.com\n');
    expect(rows).toMatchObject([
      good('One'),
      { line: 3, refused: 'malformed' },
      { line: 4, ...good('Three') },
    ]);
    expect(rows[1]).toMatchObject({ says: 'a quote that opens here is never closed' });
  });

  test('by quotes in the middle of values loses those rows alone', async () => {
    const content = 'name,domain\n6" pipe,six.com\n8" pipe,eight.com\n"Fine ""quoted""",fine.com\n';
    expect(await readFile('profiles', content)).toMatchObject([
      { line: 2, refused: 'malformed' },
      { line: 3, refused: 'malformed' },
      { line: 4, ...good('Fine "quoted"') },
    ]);
  });

  test('by ten megabytes in one value loses that row alone', async () => {
    const content = `name,domain\nOne,one.com\n${'x'.repeat(10_000_000)},two.com\nThree,three.com\n`;
    expect(await readFile('profiles', content)).toMatchObject([
      good('One'),
      { line: 3, refused: 'malformed' },
      { line: 4, ...good('Three') },
    ]);
  });

  test('by a value over two lines is no broken row', async () => {
    expect(await readFile('profiles', 'name,domain\n"Two\nlines",two.com\nThree,three.com\n')).toMatchObject([
      { line: 2, row: { name: 'Two\nlines' } },
      { line: 4, ...good('Three') },
    ]);
  });

  test('among JSON objects loses that line alone', async () => {
    const content = '{"name":"One"}\n{"name":\n[1]\n{"name":"Four","deep":{"er":{"x":1}}}\n';
    expect(await readFile('profiles', content)).toMatchObject([
      good('One'),
      { line: 2, refused: 'malformed' },
      { line: 3, refused: 'malformed' },
      { line: 4, row: { name: 'Four', attributes: { 'deep.er': '{"x":1}' } } },
    ]);
  });
});

test('control characters do not get through, and no column name reaches into objects', async () => {
  const [first] = await readFile('profiles', 'name,__proto__,constructor\nAc\u0000\u0007me,evil,fine\n');
  expect(first).toMatchObject({ row: { name: 'Ac me', attributes: { constructor: 'fine' } } });
  expect(Object.keys(first && 'row' in first ? first.row.attributes : {})).toEqual(['constructor']);
});

test('a formula is text like any other', async () => {
  const [first] = await readFile('profiles', 'name,domain\n"=HYPERLINK(""http://x"",1)",acme.com\n');
  expect(first).toMatchObject({ row: { name: '=HYPERLINK("http://x",1)' } });
});

test.each([
  ['UTF-8', Buffer.from('name\nMüller & Söhne\n')],
  ['UTF-8 with its mark', Buffer.from('\uFEFFname\nMüller & Söhne\n')],
  ['UTF-16, as spreadsheets say “Unicode text”', Buffer.from('\uFEFFname\nMüller & Söhne\n', 'utf16le')],
  ['big-endian UTF-16', Buffer.from('\uFEFFname\nMüller & Söhne\n', 'utf16le').swap16()],
  ['Windows-1252', Buffer.from('name\nMüller & Söhne\n', 'latin1')],
])('a file in %s is read as what it is', async (_, content) => {
  expect(await readFile('profiles', content)).toMatchObject([{ row: { name: 'Müller & Söhne' } }]);
});

test('how a file is written can be said where it does not show', async () => {
  const content = Buffer.from('name\nMüller\n', 'utf16le');
  expect(await readFile('profiles', content, { settings: { encoding: 'utf-16le' } })).toMatchObject([
    { row: { name: 'Müller' } },
  ]);
});

test('in whatever pieces a file comes, its rows are the same', async () => {
  const content = 'a,b\n"x\ny",1\r\n"broken,2\n"é""q""",3\n';
  const rows = async (pieces: string[]) => {
    const found: unknown[] = [];
    const source = (async function* () {
      yield* pieces;
    })();
    for await (const row of csvRows(linesOf(source), ',')) found.push(row);
    return found;
  };
  const whole = await rows([content]);
  expect(whole).toHaveLength(4);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: content.length }), { maxLength: 6 }),
      async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), content.length];
        const pieces = places.slice(1).map((end, index) => content.slice(places[index], end));
        expect(await rows(pieces)).toEqual(whole);
      },
    ),
    { numRuns: 60 },
  );
});

test('whatever is in a file, it is read to its end and every row told once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(fc.constantFrom('a', ',', '"', '\n', '\r\n', ';', '\u0000', '=1', 'é', '""'))
        .map((all) => all.join('')),
      async (content) => {
        const table = await openTable(await fileWith(`name,x\n${content}`));
        const lines: number[] = [];
        for await (const { line } of rowsOf(table)) lines.push(line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
      },
    ),
    { numRuns: 150 },
  );
});

describe('a mapping', () => {
  const nothing = () => [];
  test('knows the headings of CRMs, and an e-mail by its looks', () => {
    const columns = ['Full Name', 'Job_Title', 'Kontakt', 'Company Name', 'Lead Score'];
    const samples = (column: string) =>
      column === 'Kontakt' ? ['kim@example.com', 'lee@example.com'] : ['x'];
    expect(Object.fromEntries(guessMapping(contacts, columns, samples))).toEqual({
      'Full Name': 'name',
      Job_Title: 'title',
      Kontakt: 'email',
      'Company Name': 'account',
      'Lead Score': 'attribute',
    });
  });

  test('gives way to what somebody chose, and says what there is where that is nothing', () => {
    const guessed = guessMapping(contacts, ['email', 'other'], nothing);
    expect([...withChoices(contacts, guessed, [['other', 'email']])]).toEqual([
      ['email', 'attribute'],
      ['other', 'email'],
    ]);
    expect(() => withChoices(contacts, guessed, [['nope', 'email']])).toThrow(
      'no column "nope" (it has: email, other)',
    );
    expect(() => withChoices(contacts, guessed, [['other', 'shoe']])).toThrow(
      'no field "shoe"; there are email, name',
    );
    expect(() =>
      withChoices(contacts, guessed, [
        ['email', 'email'],
        ['other', 'email'],
      ]),
    ).toThrow('two columns are to be "email"');
  });
});

test('a packed file that unpacks to too much is left', async () => {
  const { gzipSync } = await import('node:zlib');
  const file = await fileWith(gzipSync(Buffer.alloc(5_000_000, 'x')), 'bomb.csv.gz');
  const read = async () => {
    let length = 0;
    for await (const text of textOf(file, 'utf-8', { maxBytes: 1_000_000 })) length += text.length;
    return length;
  };
  await expect(read()).rejects.toThrow('more than 1000000 bytes');
});
