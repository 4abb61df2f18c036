import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxProfileRows, type profileRefusals, type ReadRow, readProfiles } from './profiles.ts';

async function read(...content: string[]): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const row of readProfiles(content)) rows.push(row);
  return rows;
}

const nothing = { industry: null, size: null, country: null, owner: null, attributes: {} };

test.each([
  ['commas', 'Company name,Website,Employees,CRM id\n"Acme, Inc.",https://www.acme.com/about,1000+,7\n'],
  [
    'semicolons, as spreadsheets write them in much of Europe',
    '\uFEFFname;domain;size;CRM id\r\n"Acme, Inc.";acme.com;1000+;7\r\n',
  ],
  ['tabs', 'NAME\tDomain\tSize\tCRM id\nAcme, Inc.\tacme.com\t1000+\t7'],
])('a file with %s is read, its unknown columns as attributes', async (_, content) => {
  expect(await read(content)).toEqual([
    {
      line: 2,
      row: {
        ...nothing,
        name: 'Acme, Inc.',
        domain: 'acme.com',
        size: '1000+',
        attributes: { 'CRM id': '7' },
      },
    },
  ]);
});

test('a file in pieces is the same file', async () => {
  const content = 'name,domain\nAcmé,acme.com\nOther,other.com\n';
  const whole = await read(content);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: content.length - 1 }), async (at) => {
      expect(await read(content.slice(0, at), content.slice(at))).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test.each<{ refused: keyof typeof profileRefusals; row: string; says: string }>([
  { refused: 'no_company', row: ',,DE', says: 'neither name nor domain' },
  { refused: 'bad_domain', row: 'Acme,no domain,DE', says: '"no domain" is no domain' },
  { refused: 'bad_domain', row: 'Acme,co.uk,DE', says: '"co.uk" is no domain' },
  { refused: 'bad_country', row: 'Acme,acme.com,Germany', says: 'write two letters' },
  { refused: 'too_long', row: `${'x'.repeat(201)},acme.com,DE`, says: '"name" has 201 characters' },
  { refused: 'malformed', row: 'Acme,acme.com', says: '2 columns where the heading line has 3' },
])('a row is refused as $refused, and the next one read', async ({ refused, row, says }) => {
  const [bad, good] = await read(`name,domain,country\n${row}\nGood,good.com,DE\n`);
  expect(bad).toMatchObject({ line: 2, refused });
  expect(bad && 'says' in bad ? bad.says : '').toContain(says);
  expect(good).toMatchObject({ line: 3, row: { name: 'Good' } });
});

test('quotes that never end are told with their line, and what came before is kept', async () => {
  const [good, bad] = await read('name,domain\nGood,good.com\n"Bad,bad.com\n');
  expect(good).toMatchObject({ row: { name: 'Good' } });
  expect(bad).toMatchObject({ refused: 'malformed' });
});

test.each([
  ['', 'the file is empty'],
  ['colour,shape\nred,round\n', 'names no column "name" or "domain" (it has: colour, shape)'],
  [`name${',x'.repeat(60)}\n`, 'the file has 61 columns; at most 60'],
])('%j is no file of profiles', async (content, says) => {
  await expect(read(content)).rejects.toThrow(says);
});

test('rows beyond the most that a file may have are not read', async () => {
  function* lines() {
    yield 'name\n';
    for (let row = 0; row < maxProfileRows + 5; row++) yield `Company ${row}\n`;
  }
  let good = 0;
  const bad: ReadRow[] = [];
  for await (const row of readProfiles(lines()))
    if ('row' in row) good += 1;
    else bad.push(row);
  expect(good).toBe(maxProfileRows);
  expect(bad).toMatchObject([{ refused: 'too_many' }]);
});

test('control characters do not get through, and no column name reaches into objects', async () => {
  const [first] = await read('name,__proto__,constructor\nAc\u0007me,evil,fine\n');
  expect(first).toMatchObject({ row: { name: 'Ac me', attributes: { constructor: 'fine' } } });
  expect(Object.keys(first && 'row' in first ? first.row.attributes : {})).toEqual(['constructor']);
});
