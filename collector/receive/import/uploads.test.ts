import { mkdtemp, readdir, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openUploads, type Uploads } from './uploads.ts';

let folder: string;
let now: number;
let uploads: Uploads;

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'footlight-uploads-')), 'uploads');
  now = Date.UTC(2026, 10, 26);
  uploads = openUploads({ folder, now: () => now });
});

const put = (userId: string, content = 'a,b\n') => {
  now += 1;
  return uploads.put({ userId, kind: 'contacts', fileName: 'people.csv' }, Buffer.from(content));
};

test('a file waits for whoever brought it, and nobody else on the machine can read it', async () => {
  const { token, path: file } = await put('kim');
  expect(await uploads.find(token, 'kim')).toMatchObject({ fileName: 'people.csv', choices: null });
  expect(await uploads.find(token, 'lee')).toBeNull();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('a file waits for an hour, and is swept away when the next one comes', async () => {
  const { token, path: file } = await put('kim');
  now += 61 * 60_000;
  expect(await uploads.find(token, 'kim')).toBeNull();
  await utimes(file, new Date(now - 61 * 60_000), new Date(now - 61 * 60_000));
  const next = await put('lee');
  expect((await readdir(folder)).sort()).toEqual([next.token, `${next.token}.json`].sort());
});

test('of one person two files wait, and of all together eight: the oldest give way', async () => {
  const own = [await put('kim'), await put('kim'), await put('kim')];
  expect(await Promise.all(own.map(({ token }) => uploads.find(token, 'kim')))).toMatchObject([null, {}, {}]);
  for (let number = 0; number < 8; number++) await put(`user-${number}`);
  expect((await readdir(folder)).filter((name) => !name.endsWith('.json'))).toHaveLength(8);
  expect(await uploads.find(own[2]?.token ?? '', 'kim')).toBeNull();
});

test('a file is taken once, and its choices are kept until then', async () => {
  const upload = await put('kim');
  const settings = { timeZone: 'UTC', order: null, kind: '', source: '', encoding: null };
  await uploads.choose(upload, { columns: [['a', 'email']], settings, siteId: null });
  expect(await uploads.find(upload.token, 'kim')).toMatchObject({ choices: { columns: [['a', 'email']] } });
  expect([await uploads.take(upload), await uploads.take(upload)]).toEqual([true, false]);
  expect(await uploads.find(upload.token, 'kim')).toBeNull();
  await uploads.remove(upload);
  expect(await readdir(folder)).toEqual([]);
});

test.each(['../../secret', '', 'x'.repeat(22), '..'])('the token %j leads nowhere', async (token) => {
  await put('kim');
  expect(await uploads.find(token, 'kim')).toBeNull();
});
