/**
 * The closed list of reasons why something was refused. Each is counted, told in a response header, and shown on
 * the health page with these words.
 */
export const dropReasons = {
  unknown_site: { status: 404, says: 'the site key is not known; copy the tag from the site’s page again' },
  wrong_host: { status: 403, says: 'the page’s host is not one of the site’s; add it to the site' },
  malformed: { status: 400, says: 'the body is not the JSON it should be' },
  schema: { status: 400, says: 'a field is missing, has a wrong type or is too long' },
  too_large: { status: 413, says: 'the request is larger than 256 KB' },
  too_deep: { status: 400, says: 'nested deeper than 12 levels in an event, or 64 in all' },
  too_many: { status: 400, says: 'more than 200 events in one request' },
  too_old: { status: 400, says: 'older than it can be: eight days for a browser, the web itself for a log' },
  clock: { status: 400, says: 'the event lies in the future' },
  bot: { status: 403, says: 'a crawler, a monitor or another program, by its user agent' },
  flood: { status: 403, says: 'more than 5,000 events of one browser in a day' },
  duplicate: { status: 200, says: 'the same event was already stored' },
  busy: { status: 503, says: 'more is waiting to be stored than fits; it can be sent again' },
  static_file: { status: 400, says: 'not a page: an image, a script, a font, a feed' },
  method: { status: 400, says: 'not a visit: a method other than GET' },
  http_status: { status: 400, says: 'not a visit: an error or a redirect' },
  monitoring: { status: 400, says: 'a health check or an uptime monitor' },
} as const satisfies Record<string, { status: number; says: string }>;

export type DropReason = keyof typeof dropReasons;

/** A refusal is a value, never an exception. */
export interface Drop {
  drop: DropReason;
}

/** True for a refusal. */
export function isDrop(value: object): value is Drop {
  return 'drop' in value;
}
