/** The list: where a tag can be put, by the word in the page's address. A new place is one file and one line here. */
import { gtmRecipe } from './gtm.ts';
import { htmlRecipe } from './html.ts';
import { nextjsRecipe } from './nextjs.ts';
import type { Recipe, TagOf } from './recipe.ts';
import { shopifyRecipe } from './shopify.ts';
import { wordpressRecipe } from './wordpress.ts';

export { type ProxyName, proxyNames } from './proxies.ts';
export { proxyRecipe } from './proxy.ts';

/** Proxies are a list of their own. */
export const recipes = {
  html: { label: 'HTML', make: htmlRecipe },
  gtm: { label: 'Tag Manager', make: gtmRecipe },
  wordpress: { label: 'WordPress', make: wordpressRecipe },
  shopify: { label: 'Shopify', make: shopifyRecipe },
  nextjs: { label: 'Next.js', make: nextjsRecipe },
} satisfies Record<string, { label: string; make(tag: TagOf): Recipe }>;

export type Place = keyof typeof recipes | 'proxy';
export const places = [...Object.keys(recipes), 'proxy'] as Place[];
