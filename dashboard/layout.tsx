/** The frame of every page: head, navigation, the menu of whoever is signed in. */
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Diagnosis } from '../collector/doctor/diagnosis.ts';
import { attributionsOf } from '../collector/ip-data/attribution.ts';
import type { Script } from './assets.ts';
import type { Env, House } from './house.ts';
import { Banner } from './parts/banner.tsx';
import { Bell } from './parts/bell.tsx';
import { Footer } from './parts/footer.tsx';
import { Icon } from './parts/icon.tsx';
import { Mark } from './parts/mark.tsx';
import { maySetUp, type User } from './roles.ts';
import { type Theme, themeCookie, themeOf, themes } from './theme.ts';

/** Which part of the navigation a page belongs to. */
export type Place =
  | 'overview'
  | 'live'
  | 'accounts'
  | 'segments'
  | 'score'
  | 'health'
  | 'sites'
  | 'rules'
  | 'access'
  | 'alerts'
  | 'none';

const places: { place: Place; href: string; label: string; ownersOnly: boolean }[] = [
  { place: 'overview', href: '/overview', label: 'Overview', ownersOnly: false },
  { place: 'live', href: '/live', label: 'Live', ownersOnly: false },
  { place: 'accounts', href: '/accounts', label: 'Companies', ownersOnly: false },
  { place: 'segments', href: '/segments', label: 'Segments', ownersOnly: false },
  { place: 'score', href: '/settings/score', label: 'Score', ownersOnly: false },
  { place: 'sites', href: '/settings/sites', label: 'Sites', ownersOnly: true },
  { place: 'rules', href: '/settings/rules', label: 'Rules', ownersOnly: true },
  { place: 'access', href: '/settings/users', label: 'Access', ownersOnly: true },
  { place: 'health', href: '/health', label: 'Health', ownersOnly: false },
];

const themeLabels: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

function Navigation({ user, current }: { user: User; current: Place }) {
  return (
    <nav aria-label="Main" class="nav">
      {places
        .filter(({ ownersOnly }) => !ownersOnly || maySetUp(user))
        .map(({ place, href, label }) => (
          <a href={href} aria-current={place === current ? 'page' : undefined}>
            {label}
          </a>
        ))}
    </nav>
  );
}

function UserMenu({ user, theme, back }: { user: User; theme: Theme; back: string }) {
  return (
    <details class="menu" data-menu>
      <summary>
        <span class="avatar" aria-hidden="true">
          {user.email.charAt(0).toUpperCase()}
        </span>
        <span class="hidden">Your menu</span>
        <Icon name="down" />
      </summary>
      <div class="menu-panel">
        <p class="menu-who">
          <strong>{user.email}</strong>
          <span>{user.role}</span>
        </p>
        <form method="post" action="/theme" class="segments" aria-label="Colours">
          <input type="hidden" name="back" value={back} />
          {themes.map((name) => (
            <button type="submit" name="theme" value={name} aria-pressed={name === theme ? 'true' : 'false'}>
              {themeLabels[name]}
            </button>
          ))}
        </form>
        <a class="menu-item" href="/settings/alerts">
          Alerts and digest
        </a>
        <a class="menu-item" href="/password">
          Password
        </a>
        <form method="post" action="/sign-out">
          <button type="submit" class="menu-item">
            Sign out
          </button>
        </form>
      </div>
    </details>
  );
}

function Header(props: { user: User; place: Place; theme: Theme; back: string; unread: number }) {
  const { user, place, theme, back, unread } = props;
  return (
    <header class="header">
      <div class="header-inner">
        <a class="brand" href="/accounts">
          <Mark />
          <span>Footlight</span>
        </a>
        <Navigation user={user} current={place} />
        <Bell unread={unread} isCurrent={place === 'alerts'} />
        <UserMenu user={user} theme={theme} back={back} />
      </div>
    </header>
  );
}

function OpenHeader() {
  return (
    <header class="header">
      <div class="header-inner">
        <a class="brand" href="/accounts">
          <Mark />
          <span>Footlight</span>
        </a>
        <nav aria-label="Main" class="nav">
          <a href="/docs" aria-current="page">
            API
          </a>
          <a href="/sign-in">Sign in</a>
        </nav>
      </div>
    </header>
  );
}

/** Answers with a whole page. Without a signed-in user it is shown bare, as sign-in is. */
export function render(
  c: Context<Env>,
  house: House,
  page: {
    title: string;
    place?: Place;
    scripts?: Script[];
    /** False on the page that says the same at length. */
    banner?: boolean;
    /** Also for whoever is not signed in: then with a plain head, and as wide as the others. */
    isOpen?: boolean;
    /** As wide as the others, without a head: of which nothing leads on. */
    isWide?: boolean;
    status?: 200 | 400 | 403 | 404 | 413 | 429 | 500 | 503;
  },
  body: Child,
): Response | Promise<Response> {
  // Typed as always there, but pages in front of the guard have none.
  const user = c.get('user') as User | undefined;
  const diagnosis = page.banner === false ? null : (c.get('diagnosis') as Diagnosis | null | undefined);
  const theme = themeOf(getCookie(c, themeCookie));
  const url = new URL(c.req.url);
  const back = c.req.method === 'GET' ? url.pathname + url.search : '/';
  const scripts: Script[] = [...(user ? (['menus'] as const) : []), ...(page.scripts ?? [])];
  const document = (
    <html lang="en" data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{page.title} · Footlight</title>
        <link rel="icon" href={house.assets.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={house.assets.styles} />
        {scripts.map((name) => (
          <script type="module" src={house.assets.scripts[name]} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {user && (
          <Header
            user={user}
            place={page.place ?? 'none'}
            theme={theme}
            back={back}
            unread={(c.get('unread') as number | undefined) ?? 0}
          />
        )}
        {!user && page.isOpen && <OpenHeader />}
        {user && diagnosis && <Banner diagnosis={diagnosis} user={user} />}
        <main id="main" class={user || page.isOpen || page.isWide ? 'main' : 'main main-alone'}>
          {body}
        </main>
        {user && <Footer attributions={attributionsOf(house.resolver.databases())} />}
      </body>
    </html>
  );
  return c.html(html`<!doctype html>${document}`, page.status ?? 200);
}
