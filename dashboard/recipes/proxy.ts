/** The tag from the site's own host: fewer blockers know it, and the visitor's cookie lives longer. */
import { folder } from './proxied.ts';
import { type ProxyName, proxies } from './proxies.ts';
import { pixelLine, type Recipe, type TagOf, tagLine } from './recipe.ts';

const longerLife = ', and the visitor’s cookie lives on where browsers cut short what a script keeps';

export function proxyRecipe(tag: TagOf, name: ProxyName): Recipe {
  const { key, waitsForConsent } = tag;
  const { where, code, note, tellsHost, trust } = proxies[name](tag.origin);
  return {
    says: `The script and its events go through your own host: fewer blockers know it${tellsHost ? longerLife : ''}.`,
    pieces: [
      { where, code, ...(note ? { note } : {}) },
      { where: 'In the `<head>` of every page', code: tagLine(`/${folder}/t.js`, key) },
      ...(waitsForConsent
        ? []
        : [
            {
              where: 'At the end of the `<body>`, for browsers without scripts',
              code: pixelLine(`/${folder}/p.gif`, key),
            },
          ]),
      {
        where: 'Where Footlight runs',
        note: trust.says,
        code: `FOOTLIGHT_TRUSTED_PROXIES=${trust.value}`,
      },
    ],
    notes: [
      `Choose another word than \`${folder}\` if you like, but the same everywhere; not one like “analytics”, “stats” or “track”, which blockers look for.`,
      'Without that setting every visitor seems to come from the proxy, and no company is named.',
    ],
  };
}
