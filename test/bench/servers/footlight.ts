/** The real server on a data folder of its own; arguments: the folder, `full` or `normal`, what time it is, and `read-here` to read on the writer's thread. */
import { sql } from 'kysely';
import { readConfig } from '../../../collector/config.ts';
import { startServer } from '../../../collector/main.ts';
import { reportUsage } from './report-usage.ts';

const [, , dataDir = '', durability = 'full', at = '', readers] = process.argv;
const config = readConfig({ port: '0', host: '127.0.0.1', data: dataDir }, dataDir, {
  FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1/32',
  FOOTLIGHT_LOG_LEVEL: 'silent',
});
const now = at === '' ? Date.now : () => Number(at);
const server = await startServer({
  config,
  log: () => undefined,
  now,
  readHere: readers === 'read-here',
});
const { store, database, sites } = server.rooms;
// What the product never does: to show what its promise costs.
if (durability === 'normal') await sql`pragma synchronous = normal`.execute(database.db);
const { durability: said } = await store.health();
if (!said.includes(`synchronous=${durability}`))
  throw new Error(`the store has ${said} and not synchronous=${durability}`);
const [site = await store.addSite('lumen.example', [], now())] = await store.sites();
await sites.refresh();
const token = new URL(await server.auth.inviteUser('kim@example.com', 'owner'), server.url).searchParams;
const signedIn = await server.auth.acceptInvite(token.get('token') ?? '');
if (!('cookies' in signedIn)) throw new Error('nobody could be signed in');
reportUsage(Number(new URL(server.url).port), {
  key: site.key,
  cookie: signedIn.cookies.map((cookie) => cookie.split(';')[0]).join('; '),
});
