/** A piece of a page: what one company did last, for the list's hint. Asking for it is not looking at the company. */
import { z } from 'zod';
import type { House, Page } from '../house.ts';
import { Preview } from '../parts/preview.tsx';
import { shownScores } from '../shown-score.ts';
import { whySegment } from '../why-segment.ts';

const id = z.coerce.number().int().positive();

export function previewAccount(house: House): Page {
  return async (c) => {
    const asked = id.safeParse(c.req.param('id'));
    const home = asked.success ? await house.store.accountHome(asked.data) : null;
    if (home === null) return c.text('there is no such company', 404);
    const site = id.safeParse(c.req.query('site'));
    const siteId = site.success ? site.data : null;
    const [journey, lanes, scores, why] = await Promise.all([
      house.store.journey({ accountId: home, siteId, visitorId: null, before: null, limit: 1 }),
      house.store.lanes(home, siteId),
      shownScores(house, [home]),
      whySegment(house, c.get('user'), c.req.query(), home),
    ]);
    return c.html(
      <Preview
        visit={journey.sessions[0] ?? null}
        lanes={lanes}
        score={scores.get(home) ?? null}
        why={why}
        now={house.now()}
      />,
    );
  };
}
