/** Why a company stands in the list that somebody came from: each condition of its segment, with what the company has of it. */
import { z } from 'zod';
import { printCondition } from '../collector/segment/print.ts';
import type { Condition, Segment } from '../collector/segment/tree.ts';
import type { ConditionFound } from '../collector/store/segments.ts';
import { segmentOf } from './asked-segment.ts';
import { foundWords } from './found-words.ts';
import type { House } from './house.ts';
import { unlessGivenUp } from './look-at-segment.ts';
import type { User } from './roles.ts';
import { counted } from './words.ts';

export interface WhyLine {
  /** As it is written. */
  condition: string;
  holds: boolean;
  /** What there is, in words. */
  has: string;
}

export interface WhySegment {
  name: string;
  /** Of one that is kept; null: it stands in the address alone. */
  id: number | null;
  isMatch: boolean;
  lines: WhyLine[];
}

const shape = z.object({
  segment: z.coerce.number().int().positive().nullable().catch(null),
  where: z
    .string()
    .transform((typed) => typed.trim())
    .catch(''),
});

/** @returns null where no segment is asked for, or it cannot be read, or took too long: the page is worth more than this */
export async function whySegment(
  house: House,
  user: User,
  query: Record<string, string>,
  accountId: number,
): Promise<WhySegment | null> {
  const segment = await segmentOf(house, user, shape.parse(query));
  if (segment === null || segment.asked === null) return null;
  const explained = await house.store.explainSegment(segment.asked, accountId).catch(unlessGivenUp);
  if (explained === null) return null;
  const { name, id, asked } = segment;
  return { name, id, isMatch: explained.isMatch, lines: linesOf(asked.segment, explained.conditions) };
}

/** @param found one for each condition, in their order */
export function linesOf(segment: Segment, found: readonly ConditionFound[]): WhyLine[] {
  return conditionsWithin(segment, false).flatMap(({ condition, isNot }, index) => {
    const its = found[index];
    if (its === undefined) return [];
    const people = its.people === null ? [] : [`by ${counted(its.people, 'person', 'people')}`];
    return [
      {
        condition: `${isNot ? 'not ' : ''}${printCondition(condition)}`,
        holds: its.isMet !== isNot,
        has: [foundWords(condition, its), ...people].join(' '),
      },
    ];
  });
}

/** The conditions in the order of `conditionsOf`, each with whether an odd number of `not` stand before it. */
function conditionsWithin(segment: Segment, isNot: boolean): { condition: Condition; isNot: boolean }[] {
  switch (segment.kind) {
    case 'any':
    case 'all':
      return segment.parts.flatMap((part) => conditionsWithin(part, isNot));
    case 'not':
      return conditionsWithin(segment.part, !isNot);
    default:
      return [{ condition: segment, isNot }];
  }
}
