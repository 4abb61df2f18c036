/** The tag through Google Tag Manager. */
import type { Recipe, TagOf } from './recipe.ts';

export function gtmRecipe({ origin, key }: TagOf): Recipe {
  return {
    says: 'In your container: Tags, New, Custom HTML. Trigger: All Pages. Then publish.',
    pieces: [
      {
        where: 'The tag’s HTML',
        note: 'Tag Manager takes attributes that it does not know off a script, so this one makes the script itself.',
        code: `<script>
  (function () {
    var tag = document.createElement('script');
    tag.src = '${origin}/t.js?site=${key}';
    tag.setAttribute('data-site', '${key}');
    document.head.appendChild(tag);
  })();
</script>`,
      },
    ],
    notes: [
      'One trigger is enough: pages that a script puts in place of each other are counted without another one, and a second tag on a page counts nothing twice.',
      'Does your container wait for consent? Choose Google Consent Mode in the tag’s settings, and the tag waits by itself for `analytics_storage`.',
    ],
  };
}
