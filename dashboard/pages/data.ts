/** What an owner does about company data on the health page: fetch it now, or every month. */
import { schedules } from '../../collector/ip-data/schedule.ts';
import { isSourceName } from '../../collector/ip-data/sources.ts';
import { readForm } from '../form.ts';
import type { House, Page } from '../house.ts';
import { problem } from './problem.tsx';

const back = '/health#data';

/** Begins, and does not wait: a file takes seconds or minutes, and what came of it is kept for the page. */
export function fetchData(house: House): Page {
  return async (c) => {
    const source = (await readForm(c))('source');
    if (!isSourceName(source))
      return problem(c, house, 400, 'No such source', 'Choose one on the health page.');
    // The failure is the source's last outcome, which the page shows.
    if (house.data.running() === null) house.data.update(source).catch(() => undefined);
    await log(house, c.get('user').email, `company data ${source}: fetched`);
    return c.redirect(back, 303);
  };
}

export function scheduleData(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    const source = form('source');
    const schedule = schedules.find((one) => one === form('schedule'));
    if (!isSourceName(source) || schedule === undefined)
      return problem(c, house, 400, 'No such source or schedule', 'Choose one on the health page.');
    await house.data.setSchedule(source, schedule);
    await log(house, c.get('user').email, `company data ${source}: ${schedule}`);
    return c.redirect(back, 303);
  };
}

const log = (house: House, who: string, subject: string) =>
  house.store.record({ who, what: 'settings', subject }, house.now());

/** What the health page asks while something is fetched. */
export function dataState(house: House): Page {
  return (c) => c.json({ isDone: house.data.running() === null });
}
