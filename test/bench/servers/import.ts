/** Takes in an access log in a process of its own and says what that cost; arguments: `bare` or `ours`, folder, log. */
import { readConfig } from '../../../collector/config.ts';
import { importAccessLog } from '../../../collector/receive/import-log.ts';
import { readLines } from '../../../collector/receive/lines.ts';
import { openRooms } from '../../../collector/rooms.ts';

/** Of the import alone, without the start of the program. */
export interface ImportCost {
  rows: number;
  cpuUs: number;
  seconds: number;
}

const [, , what = '', dataDir = '', path = ''] = process.argv;

async function measured(run: () => Promise<number>): Promise<ImportCost> {
  const before = process.cpuUsage();
  const start = performance.now();
  const rows = await run();
  const { user, system } = process.cpuUsage(before);
  return { rows, cpuUs: user + system, seconds: (performance.now() - start) / 1000 };
}

/** The least that reading a log can be. */
async function readOnly(): Promise<number> {
  let rows = 0;
  for await (const line of readLines(path, () => undefined)) rows += line === '' ? 0 : 1;
  return rows;
}

if (what === 'bare') process.send?.(await measured(readOnly));
else {
  const config = readConfig({ data: dataDir }, dataDir, {});
  const rooms = await openRooms({ config, now: Date.now, log: () => undefined, as: 'command' });
  const { store, enricher, keyed } = rooms;
  const site = await store.addSite('lumen.example', [], Date.now());
  await rooms.sites.refresh();
  const cost = await measured(async () => {
    const result = await importAccessLog({
      path,
      site,
      store,
      enricher,
      now: Date.now,
      visitorKeyOf: (address, userAgent) => keyed.visitorOfLog(site.id, address, userAgent),
    });
    if (result.stored !== result.read) throw new Error(`not every row was stored: ${JSON.stringify(result)}`);
    return result.stored;
  });
  await rooms.close();
  process.send?.(cost);
}
