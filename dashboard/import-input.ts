/** Reads what was chosen for a file's columns and values. */

import { touchpointKinds } from '../collector/draft.ts';
import { type Encoding, encodings } from '../collector/receive/import/content.ts';
import { isTimeZone } from '../collector/receive/import/moment.ts';
import type { Choices } from '../collector/receive/import/uploads.ts';
import { maxChoiceLength } from '../collector/typed/import-choices.ts';
import type { Fields } from './form.ts';

/** @returns the choices, or what is wrong with them in words */
export function readChoices(
  form: Fields,
  columns: readonly string[],
  sites: readonly { id: number }[],
): { choices: Choices } | { wrong: string } {
  const timeZone = form('time-zone').trim() || 'UTC';
  if (timeZone.length > maxChoiceLength || !isTimeZone(timeZone))
    return { wrong: `“${timeZone.slice(0, maxChoiceLength)}” is no time zone; name one like Europe/Berlin.` };
  const order = form('order');
  const kind = form('kind');
  const siteId = Number(form('site'));
  return {
    choices: {
      columns: columns.map((column, index) => [column, form(`column-${index}`) || 'attribute']),
      settings: {
        timeZone,
        order: order === 'dmy' || order === 'mdy' ? order : null,
        kind: touchpointKinds.some((one) => one === kind) ? kind : '',
        source: form('source').trim().slice(0, maxChoiceLength),
        encoding: encodings.find((one): one is Encoding => one === form('encoding')) ?? null,
      },
      siteId: sites.some(({ id }) => id === siteId) ? siteId : null,
    },
  };
}
