import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv, disarm } from './csv.ts';
import type { Column } from './format.ts';

interface Row {
  note: string | null;
  count: number;
}

const columns: Column<Row>[] = [
  { name: 'note', holds: 'text', value: (row) => row.note },
  { name: 'count', holds: 'plain', value: (row) => row.count },
];

async function written(rows: Row[]): Promise<string> {
  async function* source() {
    yield* rows;
  }
  let text = '';
  for await (const part of csv.write(columns, source())) text += part;
  return text;
}

test('a list without rows still has its header', async () => {
  expect(await written([])).toBe('note,count\r\n');
});

test('commas, quotes and line breaks stay inside their cell', async () => {
  expect(await written([{ note: 'a, "b"\r\nc', count: 1 }])).toBe('note,count\r\n"a, ""b""\r\nc",1\r\n');
});

test('what is missing is an empty cell', async () => {
  expect(await written([{ note: null, count: 0 }])).toBe('note,count\r\n,0\r\n');
});

test('a number may be negative', async () => {
  expect(await written([{ note: '', count: -5 }])).toContain(',-5\r\n');
});

test.each([
  '=1+1',
  '+SUM(A1)',
  '-2+3+cmd|x',
  '@import',
  '\t=1',
  '\r=1',
  '＝1+1',
  '－1＋1',
  '＠x',
  '  =1',
  '\u00a0=1',
])('a spreadsheet does not run %j', (text) => {
  expect(disarm(text)).toBe(`'${text}`);
});

test.each(['+1 (555) 010-0199', '-12', '-12.5', '+49 30 901820', 'Acme = Best', 'a@b.example', '', '3M'])(
  '%j is left as it is',
  (text) => {
    expect(disarm(text)).toBe(text);
  },
);

test('no text at all can start a cell with a formula sign and a word', () => {
  fc.assert(
    fc.property(fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠'), fc.string(), (sign, rest) => {
      const safe = disarm(`${sign}x${rest}`);
      expect(safe.startsWith("'")).toBe(true);
    }),
  );
});
