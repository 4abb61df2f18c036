/** Reads one line of a web server's access log: combined and common (Apache, nginx), or JSON (nginx, Caddy). */
import { isIP } from 'node:net';

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
  // address, ident, user; a virtual host may stand before them. Names of users may have spaces, so counting will not do.
  const [first = '', second = ''] = (fields.who ?? '').split(' ');
  const hasHost = isIP(second) !== 0;
  const at = parseTime(fields.time ?? '');
  if (at === null) return { problem: `the time "${fields.time}" cannot be read` };
  const [method, target] = splitRequest(unescaped(fields.request ?? ''));
  if (target === '') return { problem: `the request "${fields.request}" has no path` };
  return {
    address: hasHost ? second : first,
    at,
    method,
    target,
    status: Number(fields.status),
    referrer: dashless(unescaped(fields.referrer ?? '')),
    userAgent: fields.agent === undefined ? null : dashless(unescaped(fields.agent)),
    host: hasHost ? first.toLowerCase() : null,
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
    record = jsonOf(line);
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

/** nginx without `escape=json` writes bytes as `\xHH`, which JSON does not know. */
function jsonOf(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    if (!line.includes('\\x')) throw error;
    const repaired = line.replace(escapedBytes, (bytes) => JSON.stringify(bytesOf(bytes)).slice(1, -1));
    return JSON.parse(repaired) as Record<string, unknown>;
  }
}

function requestOf(
  request: string | null,
  field: (name: 'method' | 'target') => string | null,
): [string | null, string | null] {
  if (request === null) return [field('method'), field('target')];
  return splitRequest(request);
}

/** Careless clients leave spaces in the path; the oldest ones leave the protocol out. */
function splitRequest(request: string): [string, string] {
  const [, method = '', target = ''] = /^(\S+) (.+?)(?: HTTP\/[\d.]+)?$/s.exec(request) ?? [];
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

/** A time that names its zone; one that does not is UTC, so that it means the same wherever it is read. */
const zoned = /(?:z|gmt|utc|[+-]\d\d:?\d\d)$/i;

/** `17/May/2015:10:05:03 +0000`, ISO 8601, or seconds since 1970 with or without a fraction. */
function parseTime(time: string): number | null {
  const local = localTime.exec(time);
  if (local !== null) {
    const [, dayOfMonth, monthName, year, hours, minutes, seconds, sign, offsetHours, offsetMinutes] = local;
    const month = months.indexOf((monthName ?? '').toLowerCase());
    const isReal =
      month >= 0 &&
      Number(dayOfMonth) <= daysOf(Number(year), month) &&
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
  const parsed = Date.parse(zoned.test(time) ? time : `${time}Z`);
  return Number.isNaN(parsed) ? null : parsed;
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/** A field without a value is a dash. */
function dashless(value: string): string {
  return value === '-' ? '' : value;
}

const escapedBytes = /(?:\\x[0-9a-fA-F]{2})+/g;
const escapes = /(?:\\x[0-9a-fA-F]{2})+|\\(.)/g;
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', v: '\v' };

/** Apache writes `\"`, `\\`, `\n` and `\xhh`; nginx `\xHH`. */
function unescaped(field: string): string {
  if (!field.includes('\\')) return field;
  return field.replace(escapes, (found, char: string | undefined) =>
    char === undefined ? bytesOf(found) : (controls[char] ?? char),
  );
}

/** A letter beyond ASCII is several bytes of UTF-8, so they are read together. */
function bytesOf(escaped: string): string {
  return Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString('utf8');
}
