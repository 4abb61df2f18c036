/** The accounts list as a file: the same filter, the same order, every page of it. */
import { withRest } from '../../collector/deliver/account-file.ts';
import { accountColumns } from '../../collector/deliver/formats/accounts.ts';
import { formats } from '../../collector/deliver/formats/index.ts';
import { filterParameters, periodOf, readFilter } from '../accounts-filter.ts';
import { segmentOf } from '../asked-segment.ts';
import { counted } from '../counted.ts';
import { begun } from '../first-row.ts';
import type { House, Page } from '../house.ts';
import { chosenAccounts } from '../mark-input.ts';
import { problem } from './problem.tsx';

export function accountsFile(house: House): Page {
  return async (c) => {
    const filter = readFilter(c.req.query(), await house.store.sites());
    const now = house.now();
    const format = formats.csv;
    const segment = await segmentOf(house, c.get('user'), filter);
    if (segment?.asked === null)
      return problem(c, house, 400, 'This segment cannot be read', segment.problem);
    const chosen = chosenAccounts(new URL(c.req.url).searchParams);
    const within = { siteId: filter.site, period: periodOf(filter, now) };
    const all = house.store.eachAccount({
      ...(segment !== null && { segment: segment.asked }),
      ...within,
      search: filter.q,
      list: { user: c.get('user').email, list: filter.list },
      ...(chosen.length > 0 && { only: chosen }),
      sort: filter.sort,
      descending: filter.dir === 'desc',
    });
    const whole = withRest(house.store, all, { ...within, segment: segment?.name ?? '' });
    const who = c.get('user').email;
    const asked = { period: filter.period, ...Object.fromEntries(filterParameters(filter)) };
    const rows = counted(await begun(whole), (sent, whole) =>
      house.store.record(
        { who, what: 'export', subject: 'companies', detail: { rows: sent, whole, format: 'csv', ...asked } },
        house.now(),
      ),
    );
    const day = new Date(now).toISOString().slice(0, 10);
    c.header('content-type', format.contentType);
    c.header('content-disposition', `attachment; filename="footlight-companies-${day}.${format.extension}"`);
    return c.body(
      ReadableStream.from(format.write(accountColumns, rows)).pipeThrough(new TextEncoderStream()),
    );
  };
}
