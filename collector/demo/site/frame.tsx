/** The frame of the demo site's pages: the bar that says who one is, the vendor's head and foot, the tag. */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { vendorName } from '../vendor.ts';
import { type Guise, guises } from './guises.ts';

interface FrameOptions {
  title: string;
  /** Path of the page itself. */
  path: string;
  guise: Guise;
  siteKey: string;
  dashboardUrl: string;
}

const groups = [...new Set(guises.map(({ group }) => group))];

const places = [
  ['/product', 'Product'],
  ['/pricing', 'Pricing'],
  ['/contact', 'Contact'],
] as const;

function Bar({ guise, path, dashboardUrl }: FrameOptions) {
  return (
    <aside class="bar" aria-label="Footlight demo">
      <p>
        You are visiting as {guise.as} <strong>{guise.name}</strong>{' '}
        <span class="address">({guise.address})</span>
      </p>
      <form method="post" action="/as">
        <input type="hidden" name="back" value={path} />
        <label for="guise">Be someone else</label>
        <select id="guise" name="guise" data-submit>
          {groups.map((group) => (
            <optgroup label={group}>
              {guises
                .filter((one) => one.group === group)
                .map((one) => (
                  <option value={one.id} selected={one.id === guise.id}>
                    {one.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <button type="submit">Change</button>
      </form>
      <a class="seen" href={dashboardUrl + guise.seenAt} target="footlight">
        See this visit arrive
      </a>
    </aside>
  );
}

function Head({ path }: { path: string }) {
  return (
    <header class="head">
      <a class="brand" href="/">
        <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
          <path d="M2 15c3.3 0 3.3-4 6.7-4s3.3 4 6.6 4S18.7 11 22 11" />
          <path d="M2 20c3.3 0 3.3-4 6.7-4s3.3 4 6.6 4 3.4-4 6.7-4" />
        </svg>
        {vendorName}
      </a>
      <nav aria-label="Main">
        {places.map(([href, label]) => (
          <a href={href} aria-current={href === path ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** A whole page. The tag is the one line that a site owner pastes. */
export function framed(options: FrameOptions, body: Child) {
  return (
    <>
      {html`<!doctype html>`}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{options.title}</title>
          <link rel="stylesheet" href="/site.css" />
          <link rel="icon" href="data:," />
          <script defer src={`/t.js?site=${options.siteKey}`} data-site={options.siteKey} />
          <script defer src="/site.js" />
        </head>
        <body>
          <Bar {...options} />
          <Head path={options.path} />
          <main>{body}</main>
          <footer class="foot">
            <p>
              {vendorName} is made up, and so are its customers. The tag on these pages is real: what you do
              here arrives in Footlight.
            </p>
          </footer>
        </body>
      </html>
    </>
  );
}
