/** The real server on a data folder of its own; arguments: the folder, and `read-here` to read on the writer's thread. */
import { readConfig } from '../../../collector/config.ts';
import { startServer } from '../../../collector/main.ts';
import { reportUsage } from './report-usage.ts';

const [, , dataDir = '', readers] = process.argv;
const config = readConfig({ port: '0', host: '127.0.0.1', data: dataDir }, dataDir, {
  FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1/32',
  FOOTLIGHT_LOG_LEVEL: 'silent',
});
const server = await startServer({ config, log: () => undefined, readHere: readers === 'read-here' });
const { store } = server.rooms;
const site = (await store.sites())[0] ?? (await store.addSite('lumen.example', [], Date.now()));
await server.rooms.sites.refresh();
const link = new URL(await server.auth.inviteUser('kim@lumen.example', 'owner'), server.url);
const invited = await server.auth.acceptInvite(link.searchParams.get('token') ?? '');
const cookie = 'refused' in invited ? '' : invited.cookies.map((one) => one.split(';')[0]).join('; ');
reportUsage(Number(new URL(server.url).port), { key: site.key, cookie });
