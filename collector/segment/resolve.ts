/** What a name at the start of a condition means: a term, an event, a trait; or nothing, with what was meant. */
import { eventWord } from '../event-word.ts';
import { boundPattern } from './bounds.ts';
import type { Names } from './names.ts';
import { nearest } from './nearest.ts';
import { Misread } from './problem.ts';
import { roleIn } from './role.ts';
import type { TermSyntax } from './syntax.ts';
import { laterTerms, otherWords, sameWords, type Term, type TermName, termNames, terms } from './terms.ts';

export interface Resolved {
  name: TermName;
  term: Term;
  /** The pattern, or the name of an event, a form or a trait; empty for what has none. */
  argument: string;
}

/** @throws Misread where there is no such thing, or it is written otherwise */
export function resolve(syntax: TermSyntax, names: Names): Resolved {
  const lower = syntax.name.toLowerCase();
  const later = Object.hasOwn(laterTerms, lower) ? laterTerms[lower] : undefined;
  if (
    later !== undefined &&
    (syntax.argument !== null || syntax.member !== null || !isSeen(syntax.name, names))
  )
    throw new Misread(syntax, `“${lower}” cannot be answered: ${later}.`);
  if (isTerm(lower)) return termOf(syntax, lower);
  if (syntax.argument === null && syntax.member === null) {
    const found = seenAs(syntax.name, names);
    if (found !== null) return { name: found, term: terms[found], argument: syntax.name };
    const same = Object.hasOwn(sameWords, lower) ? sameWords[lower] : undefined;
    if (same !== undefined) return { ...same, term: terms[same.name] };
  }
  throw unknown(syntax, names);
}

function isTerm(name: string): name is TermName {
  return Object.hasOwn(terms, name);
}

function seenAs(name: string, { events, traits }: Names): 'event' | 'trait' | null {
  const word = eventWord(name);
  if (word === '') return null;
  if (events.some((event) => eventWord(event) === word)) return 'event';
  return traits.some((trait) => eventWord(trait) === word) ? 'trait' : null;
}

const isSeen = (name: string, names: Names) => seenAs(name, names) !== null;

function termOf(syntax: TermSyntax, name: TermName): Resolved {
  const term = terms[name];
  const wants = term.kind === 'count' ? term.argument : 'none';
  const { argument, member } = syntax;
  if (term.kind === 'mixed' && term.hasMember) {
    if (member === null || eventWord(member) === '')
      throw new Misread(syntax, `Which ${name}? Write for instance ${terms[name].example}.`);
    return { name, term, argument: member };
  }
  if (term.kind === 'mixed' && term.mayHaveMember && member !== null) return { name, term, argument: member };
  if (member !== null) throw new Misread(syntax, `${name} stands alone: leave “.${member}” out.`);
  if (wants === 'none') {
    if (argument !== null) throw new Misread(argument, `${name} has nothing in brackets: leave them out.`);
    return { name, term, argument: '' };
  }
  if (wants === 'role') return { name, term, argument: argument === null ? '' : roleIn(argument) };
  if (argument === null)
    throw new Misread(syntax, `${name} of what? Write for instance ${terms[name].example}.`);
  const text = 'text' in argument ? argument.text.trim() : '';
  const isEmpty = wants === 'name' ? eventWord(text) === '' : text === '';
  if (isEmpty)
    throw new Misread(argument, `${name} needs a text in quotes here, such as ${terms[name].example}.`);
  if (wants === 'pattern') {
    if (!/^[/*]/.test(text)) throw noPath(argument, text);
    boundPattern(text, argument);
  }
  return { name, term, argument: text };
}

function noPath(at: { offset: number; length: number }, text: string): Misread {
  const path = URL.canParse(text) ? decodeURI(new URL(text).pathname) : `/${text}`;
  return new Misread(
    at,
    `Pages are told by their path, which begins with “/”. Did you mean "${path}"?`,
    `"${path}"`,
  );
}

/** A name as it may stand without quotes, as near to how it was told as can be. */
function bareName(name: string): string {
  const word = eventWord(name);
  const asTold = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_');
  return eventWord(asTold) === word ? asTold : word;
}

function unknown(syntax: TermSyntax, names: Names): Misread {
  const { name } = syntax;
  const other = Object.hasOwn(otherWords, name.toLowerCase()) ? otherWords[name.toLowerCase()] : undefined;
  const candidates = [
    ...termNames,
    ...[...names.events, ...names.traits].map(bareName),
    ...Object.keys(otherWords),
  ];
  const near = other ?? nearest(name, candidates);
  const meant = near === null ? null : Object.hasOwn(otherWords, near) ? (otherWords[near] ?? near) : near;
  const nothing = `There is nothing called “${name}”`;
  if (meant !== null)
    return new Misread(
      { offset: syntax.offset, length: name.length },
      `${nothing}. Did you mean ${meant}?`,
      meant,
    );
  return new Misread(
    syntax,
    `${nothing}: no event and no trait of that name has been seen. Write event("${name}") for one that is still to come.`,
  );
}
