/** Links in mails that end what the mail is about, for whoever holds them: signed, so that nobody can make another. */
import type { Sealer } from '../sealed.ts';

/** What a link ends. */
export type Stop = { kind: 'rule'; ruleId: number } | { kind: 'digest'; user: string };

/** Path, with its query, of the link. */
export function stopPath(sealer: Pick<Sealer, 'sign'>, stop: Stop): string {
  const what = Buffer.from(JSON.stringify(stop)).toString('base64url');
  return `/stop?what=${what}&mark=${sealer.sign(what)}`;
}

/** Null: the link is none of ours. */
export function readStop(sealer: Pick<Sealer, 'isSigned'>, what: string, mark: string): Stop | null {
  if (what === '' || !sealer.isSigned(what, mark)) return null;
  return JSON.parse(Buffer.from(what, 'base64url').toString('utf8')) as Stop;
}
