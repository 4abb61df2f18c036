/** What somebody may be about to write at a place in an expression: which names to look for, and what they would replace. */
import type { NameKind } from './names.ts';
import { quoted } from './print.ts';
import { needsArgument, termNames, terms } from './terms.ts';

/** The part of the text that a chosen name replaces. */
export interface Place {
  from: number;
  to: number;
  /** What of the name is there already. */
  prefix: string;
  /** Names of this kind, in quotes; or what may begin a condition. */
  kind: NameKind | 'start';
}

export interface Choice {
  /** What is written. */
  insert: string;
  /** What it is, in words. */
  says: string;
}

const argumentOf: Readonly<Record<string, NameKind>> = {
  viewed: 'page',
  event: 'event',
  form: 'form',
  people: 'role',
};
const word = /[\p{L}_][\p{L}\p{N}_-]*$/u;
const quote = /^["'“”]/;

/** @returns null where nothing can be offered */
export function placeAt(text: string, caret: number): Place | null {
  const before = text.slice(0, caret);
  const open = openQuote(before);
  const from = open ?? before.length - (word.exec(before)?.[0].length ?? 0);
  const prefix = before.slice(open === null ? from : from + 1);
  const head = before.slice(0, from);
  const to = open !== null && quote.test(text.slice(caret)) ? caret + 1 : caret;
  const kind = valueKind(head);
  if (kind !== null) return { from, to, prefix, kind };
  if (open !== null) return null;
  if (!/(^|\(|\b(?:and|or|not))\s*$/i.test(head)) return null;
  return { from, to, prefix, kind: 'start' };
}

/** Where the quote was opened that is still open; null: none is. */
function openQuote(before: string): number | null {
  const rest = before.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|“(?:\\.|[^”\\])*”/gsu, (all) =>
    ' '.repeat(all.length),
  );
  const at = rest.search(/["'“]/);
  return at < 0 ? null : at;
}

function valueKind(head: string): NameKind | null {
  const argument = /\b(viewed|event|form|people)\s*\(\s*$/i.exec(head)?.[1]?.toLowerCase();
  if (argument !== undefined) return argumentOf[argument] ?? null;
  if (/\btrait\s*\.\s*$/i.test(head)) return 'trait';
  if (/\bin\s+list\s*\(\s*$/i.test(head)) return 'list';
  const compared = /\b([a-z_]+)\s*(?:=|==|!=|<>|(?:not\s+)?like|(?:not\s+)?in\s*\((?:[^()]*,)?)\s*$/i.exec(
    head,
  )?.[1];
  const name = termNames.find((one) => one === compared?.toLowerCase());
  const term = name === undefined ? undefined : terms[name];
  return (term !== undefined && 'names' in term ? term.names : null) ?? null;
}

/** The terms that begin so. */
export function termChoices(prefix: string): Choice[] {
  return termNames
    .filter((name) => name.startsWith(prefix.toLowerCase()))
    .map((name) => {
      const term = terms[name];
      const hasArgument = term.kind === 'count' && needsArgument(term.argument);
      const isTrait = term.kind === 'mixed' && term.hasMember;
      if (name === 'list') return { insert: 'in list("', says: term.says };
      return { insert: `${name}${hasArgument ? '("' : isTrait ? '.' : ' '}`, says: term.says };
    });
}

/** A name as it is written at its place. */
export function written(kind: Place['kind'], name: string): string {
  if (kind === 'start') return `event(${quoted(name)})`;
  if (kind === 'trait' && /^[a-z][a-z0-9_]*$/i.test(name)) return name;
  return quoted(name);
}
