/** Hashes with this installation's secret: to recognise an address or a browser again without keeping it. */
import { createHmac } from 'node:crypto';
import type { VisitorKey } from '../tracker/wire.ts';
import { isoDay } from './time.ts';

export interface KeyedHash {
  /** 48 bits of an address's hash: enough to recognise it, a safe integer, useless without the secret. */
  addressKey(address: string): number;
  /** A browser that may keep nothing: the same within one UTC day on one site, nobody the day after. */
  visitorOfDay(siteId: number, address: string, userAgent: string, at: number): VisitorKey;
  /** A browser as an access log shows it: no cookie, only address and agent, for as long as the log goes. */
  visitorOfLog(siteId: number, address: string, userAgent: string): VisitorKey;
  /** Whoever the site calls by an id of its own, or a file by an e-mail, which need not be ours to show. */
  visitorOfId(siteId: number, kind: keyof typeof idPrefixes, id: string): VisitorKey;
}

const idPrefixes = { user: 'user', anonymous: 'anon', import: 'import' };

/** @param secret at least 32 characters; another secret recognises nobody */
export function createKeyedHash(secret: string): KeyedHash {
  const digest = (...parts: (string | number)[]) =>
    createHmac('sha256', secret).update(parts.join('\u0000')).digest();
  return {
    addressKey: (address) => digest('address', address).readUIntBE(0, 6),
    visitorOfDay: (siteId, address, userAgent, at) =>
      `day.${digest('day', siteId, isoDay(at), address, userAgent).toString('base64url').slice(0, 16)}`,
    visitorOfLog: (siteId, address, userAgent) =>
      `log.${digest('log', siteId, address, userAgent).toString('base64url').slice(0, 16)}`,
    visitorOfId: (siteId, kind, id) =>
      `${idPrefixes[kind]}.${digest(kind, siteId, id).toString('base64url').slice(0, 16)}`,
  };
}
