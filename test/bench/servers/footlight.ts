/** The real server on a data folder of its own; arguments: the folder, and `full` or `normal`. */
import { readConfig } from '../../../collector/config.ts';
import { startServer } from '../../../collector/main.ts';
import { reportUsage } from './report-usage.ts';

const [, , dataDir = ''] = process.argv;
const config = readConfig({ port: '0', host: '127.0.0.1', data: dataDir }, dataDir, {
  FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1/32',
  FOOTLIGHT_LOG_LEVEL: 'silent',
});
const server = await startServer({ config, log: () => undefined });
const site = await server.rooms.store.addSite('lumen.example', [], Date.now());
await server.rooms.sites.refresh();
reportUsage(Number(new URL(server.url).port), { key: site.key });
