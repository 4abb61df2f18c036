/** Reads one line of a web server's access log: combined and common (Apache, nginx), or JSON (nginx, Caddy). */

/** One request as the server wrote it down. */
export interface LogLine {
  address: string;
  /** ms UTC. */
  at: number;
  method: string;
  /** Path with query, or a whole address. */
  target: string;
  status: number;
  referrer: string;
  /** Null where the format has no such field; empty where the client gave none. */
  userAgent: string | null;
  /** Virtual host, where the format has it. */
  host: string | null;
}

/** Why a line cannot be read, in words. */
export interface BadLine {
  problem: string;
}

/** Reads a line in whichever format it is. */
export function parseLogLine(line: string): LogLine | BadLine {
  return line.startsWith('{') ? parseJson(line) : parseText(line);
}

// What stands before the time tells combined, common and the vhost variants apart; quoted fields may hold \" and \\.
const text =
  /^(?<who>[^[]{3,600}?) \[(?<time>[^\]]{10,40})\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>\d{3}) (?:\d+|-)(?: "(?<referrer>(?:[^"\\]|\\.)*)" "(?<agent>(?:[^"\\]|\\.)*)")?/;

function parseText(line: string): LogLine | BadLine {
  const fields = text.exec(line)?.groups;
  if (fields === undefined) return { problem: 'neither combined, common nor JSON' };
  // address, ident, user; a virtual host may stand before them.
  const who = (fields.who ?? '').split(' ');
  const host = who.length > 3 ? (who[0] ?? null) : null;
  const address = (who.length > 3 ? who[1] : who[0]) ?? '';
  const at = parseTime(fields.time ?? '');
  if (at === null) return { problem: `the time "${fields.time}" cannot be read` };
  const request = unescaped(fields.request ?? '').split(' ');
  const [method = '', target = ''] = request;
  if (target === '') return { problem: `the request "${fields.request}" has no path` };
  return {
    address,
    at,
    method,
    target,
    status: Number(fields.status),
    referrer: dashless(unescaped(fields.referrer ?? '')),
    userAgent: fields.agent === undefined ? null : dashless(unescaped(fields.agent)),
    host: host === null ? null : host.toLowerCase(),
  };
}

/** Names under which servers and their example configurations write each field, the usual one first. */
const names = {
  address: ['remote_addr', 'client_ip', 'remote_ip', 'clientip', 'ip', 'remoteAddr', 'ClientHost'],
  time: ['time_iso8601', '@timestamp', 'time', 'time_local', 'timestamp', 'ts', 'msec', 'StartUTC'],
  request: ['request'],
  method: ['request_method', 'method', 'verb', 'RequestMethod'],
  target: ['request_uri', 'uri', 'path', 'RequestPath'],
  status: ['status', 'status_code', 'response', 'DownstreamStatus'],
  referrer: ['http_referer', 'referer', 'referrer', 'http_referrer', 'request_Referer'],
  agent: ['http_user_agent', 'user_agent', 'agent', 'userAgent', 'request_User-Agent'],
  host: ['host', 'http_host', 'server_name', 'vhost', 'RequestHost'],
} as const;

function parseJson(line: string): LogLine | BadLine {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { problem: 'the JSON is broken' };
  }
  // Caddy has the request as an object, with its headers as lists.
  const nested = objectOf(record.request);
  const headers = objectOf(nested.headers);
  const all: Record<string, unknown> = {
    ...record,
    ...nested,
    ...(headers.Referer === undefined ? {} : { referer: headers.Referer }),
    ...(headers['User-Agent'] === undefined ? {} : { user_agent: headers['User-Agent'] }),
  };
  const field = (name: keyof typeof names): string | null => {
    for (const key of names[name]) {
      const value = Array.isArray(all[key]) ? (all[key] as unknown[])[0] : all[key];
      if (typeof value === 'string' || typeof value === 'number') return String(value);
    }
    return null;
  };
  const [method, target] = requestOf(typeof record.request === 'string' ? field('request') : null, field);
  const time = field('time');
  const at = time === null ? null : parseTime(time);
  if (at === null) return { problem: time === null ? 'no time' : `the time "${time}" cannot be read` };
  const agent = field('agent');
  const status = Number(field('status'));
  if (!Number.isInteger(status) || status < 100) return { problem: 'no status' };
  if (method === null || target === null || target === '') return { problem: 'no request' };
  return {
    address: field('address') ?? '',
    at,
    method,
    target,
    status,
    referrer: dashless(field('referrer') ?? ''),
    userAgent: agent === null ? null : dashless(agent),
    host: field('host')?.toLowerCase() ?? null,
  };
}

function requestOf(
  request: string | null,
  field: (name: 'method' | 'target') => string | null,
): [string | null, string | null] {
  if (request === null) return [field('method'), field('target')];
  const [method = '', target = ''] = request.split(' ');
  return [method, target];
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const localTime =
  /^(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?: ([+-])(\d\d):?(\d\d))?$/;

/** `17/May/2015:10:05:03 +0000`, ISO 8601, or seconds since 1970 with or without a fraction. */
function parseTime(time: string): number | null {
  const local = localTime.exec(time);
  if (local !== null) {
    const [, dayOfMonth, monthName, year, hours, minutes, seconds, sign, offsetHours, offsetMinutes] = local;
    const month = months.indexOf((monthName ?? '').toLowerCase());
    const isReal =
      month >= 0 &&
      Number(dayOfMonth) <= 31 &&
      Number(hours) < 24 &&
      Number(minutes) < 60 &&
      Number(seconds) <= 60;
    if (!isReal) return null;
    const utc = Date.UTC(
      Number(year),
      month,
      Number(dayOfMonth),
      Number(hours),
      Number(minutes),
      Number(seconds),
    );
    const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60_000;
    return sign === '-' ? utc + offset : utc - offset;
  }
  if (/^\d{9,11}(\.\d+)?$/.test(time)) return Math.round(Number(time) * 1000);
  if (/^\d{12,14}$/.test(time)) return Number(time);
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? null : parsed;
}

/** A field without a value is a dash. */
function dashless(value: string): string {
  return value === '-' ? '' : value;
}

/** Apache writes `\"`, `\\` and `\xhh`; nginx `\xHH`. */
function unescaped(field: string): string {
  if (!field.includes('\\')) return field;
  return field.replace(
    /\\(?:x([0-9a-fA-F]{2})|(.))/g,
    (_, hex: string | undefined, char: string | undefined) =>
      hex === undefined ? (char ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
