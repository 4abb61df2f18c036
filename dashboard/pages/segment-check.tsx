/** What the page of a segment asks while somebody types. */
import { z } from 'zod';
import { maxTextLength } from '../../collector/segment/bounds.ts';
import { type Choice, placeAt, termChoices, written } from '../../collector/segment/complete.ts';
import { readForm } from '../form.ts';
import type { House, Page } from '../house.ts';
import { lookAtSegment, unlessGivenUp } from '../look-at-segment.ts';
import { SegmentResult } from '../parts/segment-result.tsx';
import { SegmentRows } from '../parts/segment-rows.tsx';
import { SegmentMessages } from '../parts/segment-text.tsx';
import { readTypedSegment } from '../segment-input.ts';
import { number } from '../words.ts';

/** Parts of the page as they are now, in the same words as the whole page has them. */
export function checkSegment(house: House): Page {
  return async (c) => {
    const { text, rows } = readTypedSegment(await readForm(c));
    const look = await lookAtSegment(house, text, rows);
    return c.json({
      text,
      isReadable: look.read === null || look.read.problem === null,
      messages: String(<SegmentMessages text={text} read={look.read} />),
      rows: String(<SegmentRows look={look} />),
      result: String(<SegmentResult look={look} now={house.now()} />),
    });
  };
}

const namesOffered = 12;

const asked = z.object({
  text: z.string().max(maxTextLength),
  at: z.coerce.number().int().min(0).max(maxTextLength),
});

/** Names for the place where the caret stands. */
export function segmentNames(house: House): Page {
  return async (c) => {
    const query = asked.safeParse(c.req.query());
    const place = query.success ? placeAt(query.data.text, query.data.at) : null;
    if (place === null) return c.json({ from: 0, to: 0, choices: [] });
    const { kind, prefix, from, to } = place;
    const own = kind === 'start' ? termChoices(prefix) : [];
    // Where nothing was typed yet, every event that there is would be offered.
    const isOpen = kind === 'start' && prefix === '';
    const names = isOpen
      ? []
      : ((await house.store
          .segmentNames(kind === 'start' ? 'event' : kind, prefix, namesOffered, house.now())
          .catch(unlessGivenUp)) ?? []);
    const told = names.map(
      ({ name, count }): Choice => ({ insert: written(kind, name), says: number(count) }),
    );
    return c.json({ from, to, choices: [...own, ...told].slice(0, namesOffered) });
  };
}
