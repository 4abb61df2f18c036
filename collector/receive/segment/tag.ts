/** Our tag that answers Segment's calls, as the snippet loads it: with the site's settings in the file. */
import { remember } from '../../remember.ts';
import type { Site } from '../../store/store.ts';
import { namedSeconds, type Packed, pack } from '../script.ts';
import { settingsCode } from '../site-tag.ts';

export interface SegmentTag {
  /** @param site null where the key is nobody’s: then the plain file, which sends what nobody takes */
  answer(request: Request, site: Site | null): Response;
}

/** A key that is not known yet may be so in a moment. */
const unknownSeconds = 60;

/** Sites that are kept compressed. */
const maxPacked = 100;

/** @param source the build as the bundler left it */
export function openSegmentTag(source: Buffer): SegmentTag {
  // The tag sends to `e` beside itself; under this address that would be two folders too deep.
  const beside =
    '(s=>s&&(s.dataset.to=s.dataset.to||new URL("../../../e",s.src).href))(document.currentScript);';
  const packed = remember<Packed>(maxPacked, (told) =>
    pack(Buffer.concat([Buffer.from(told + beside), source])),
  );
  return {
    answer: (request, site) =>
      site === null
        ? packed('').answer(request, unknownSeconds)
        : packed(settingsCode(site)).answer(request, namedSeconds),
  };
}
