/** The tag in a Shopify theme, and the checkout, where only a custom pixel runs. */
import { cookieName } from '../../tracker/wire.ts';
import { type Recipe, type TagOf, tagLine } from './recipe.ts';

export function shopifyRecipe({ origin, key }: TagOf): Recipe {
  return {
    says: 'The shop’s pages take the tag; the checkout takes no scripts of yours, so a custom pixel tells of it.',
    pieces: [
      {
        where: 'Online Store, Themes, Edit code: `layout/theme.liquid`, before `</head>`',
        code: tagLine(`${origin}/t.js`, key),
      },
      {
        where: 'Settings, Customer events, Add custom pixel',
        note: 'Permission: Analytics. Shopify then waits for the visitor’s consent where the law asks for it.',
        code: `const collector = '${origin}/e';
const site = '${key}';

async function tell(event, what) {
  const { location, title } = event.context.document;
  // The visitor whom the tag knows from the shop's other pages.
  const known = navigator.globalPrivacyControl ? '' : await browser.cookie.get('${cookieName}');
  const visitor = /^\\w{18}$/.test(known) ? known : undefined;
  // A checkout's own address is a secret of its buyer.
  const url = location.origin + '/checkout';
  const said = { id: event.id, url, title: title?.slice(0, 300), ...what };
  await fetch(collector, {
    method: 'POST',
    keepalive: true,
    body: JSON.stringify({ v: 1, site, visitor, events: [said] }),
  });
}

analytics.subscribe('page_viewed', (event) => {
  // The tag counts all other pages.
  const { pathname } = event.context.document.location;
  if (/\\/checkouts?\\//.test(pathname)) tell(event, { type: 'page' });
});

analytics.subscribe('checkout_completed', (event) => {
  const { order, totalPrice, currencyCode, lineItems } = event.data.checkout;
  const props = {
    order: order?.id,
    total: totalPrice?.amount,
    currency: currencyCode,
    items: lineItems?.length,
  };
  tell(event, { type: 'track', name: 'Order placed', props });
});`,
      },
    ],
    notes: [
      'Is the checkout on another domain than the shop? Add that domain to the site, or its events are refused.',
    ],
  };
}
