/** A piece of the accounts list: the lines of the rail's segments, once their numbers are known. */
import { readFilter } from '../accounts-filter.ts';
import type { House, Page } from '../house.ts';
import { SegmentLines, shownSegments } from '../parts/segment-rail.tsx';

export function segmentRail(house: House): Page {
  return async (c) => {
    const user = c.get('user').email;
    const [sites, segments] = await Promise.all([house.store.sites(), house.store.savedSegments(user)]);
    const { news } = await house.segmentCounts.counted(user, segments.slice(0, shownSegments));
    return c.html(<SegmentLines filter={readFilter(c.req.query(), sites)} segments={segments} news={news} />);
  };
}
