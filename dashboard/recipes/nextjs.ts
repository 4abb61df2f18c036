/** The tag in Next.js, from the site's own host. */
import { folder, proxied } from './proxied.ts';
import type { Recipe, TagOf } from './recipe.ts';

export function nextjsRecipe({ origin, key }: TagOf): Recipe {
  const rules = proxied
    .filter((name) => name !== 'p.gif')
    .map((name) => `      { source: '/${folder}/${name}', destination: '${origin}/${name}' },`);
  return {
    says: 'The script and its events go through your own host, by two rewrites.',
    pieces: [
      {
        where: '`app/layout.tsx`',
        code: `import Script from 'next/script';

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Script
          src="/${folder}/t.js?site=${key}"
          data-site="${key}"
          strategy="afterInteractive"
        />
      </body>
    </html>
  );
}`,
      },
      {
        where: '`next.config.mjs`',
        code: `export default {
  async rewrites() {
    return [
${rules.join('\n')}
    ];
  },
};`,
      },
    ],
    notes: [
      `Choose another word than \`${folder}\` if you like, but the same in both files.`,
      'On Vercel the visitor’s address comes along; on a server of your own, the proxy in front of Next.js has to send it in `X-Forwarded-For`, as Next.js passes on what it is given. What to put into `FOOTLIGHT_TRUSTED_PROXIES` is under Proxy.',
    ],
  };
}
