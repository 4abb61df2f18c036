/** The tag in WordPress, without a theme's files being touched. */
import { noPixelNote, pixelLine, type Recipe, type TagOf } from './recipe.ts';

export function wordpressRecipe({ origin, key, waitsForConsent }: TagOf): Recipe {
  const pixel = `
add_action('wp_footer', function () {
    if (!current_user_can('edit_posts')) {
        echo '${pixelLine(`${origin}/p.gif`, key)}';
    }
});
`;
  return {
    says: 'A plugin of one file, which no update of a theme takes away. Make the folder `mu-plugins` if there is none.',
    pieces: [
      {
        where: '`wp-content/mu-plugins/footlight.php`',
        code: `<?php
/* Plugin Name: Footlight */

add_action('wp_enqueue_scripts', function () {
    // Whoever writes the pages is no visitor.
    if (!current_user_can('edit_posts')) {
        wp_enqueue_script('footlight', '${origin}/t.js?site=${key}', [], null);
    }
});

add_filter('script_loader_tag', function ($tag, $handle) {
    $ours = $handle === 'footlight';
    return $ours ? str_replace(' src=', ' defer data-site="${key}" src=', $tag) : $tag;
}, 10, 2);
${waitsForConsent ? '' : pixel}`,
      },
    ],
    notes: [
      'Empty the page cache afterwards, if a plugin or your host keeps one; and leave this script out where a plugin joins or delays scripts.',
      ...(waitsForConsent ? [noPixelNote] : []),
    ],
  };
}
