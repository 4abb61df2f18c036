/** The tag in a page's own HTML. */
import { noPixelNote, type Piece, pixelLine, type Recipe, type TagOf, tagLine } from './recipe.ts';

const stub: Piece = {
  where: 'Before your own calls of `footlight(…)`',
  note: 'Keeps calls that are made before the tag has loaded.',
  code: `<script>
  window.footlight = window.footlight || function () {
    (footlight.q = footlight.q || []).push(arguments);
  };
</script>`,
};

export function htmlRecipe({ origin, key, waitsForConsent, hasCalls }: TagOf): Recipe {
  const pixel: Piece = {
    where: 'At the end of the `<body>`, for browsers without scripts',
    code: pixelLine(`${origin}/p.gif`, key),
  };
  return {
    says: 'Paste this line into every page, or into the template that all of them come from.',
    pieces: [
      { where: 'In the `<head>`', code: tagLine(`${origin}/t.js`, key) },
      ...(hasCalls ? [stub] : []),
      ...(waitsForConsent ? [] : [pixel]),
    ],
    notes: waitsForConsent ? [noPixelNote] : [],
  };
}
