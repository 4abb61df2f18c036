/** The tag: sees pages and forms, answers `footlight(…)`, and sends. It never throws into the page. */
import { mayKeep } from './consent.ts';
import { watchForms } from './form.ts';
import { keepVisitor, readVisitor } from './identity.ts';
import { readAddress, watchPages } from './page.ts';
import { quietly } from './quietly.ts';
import { startSending } from './send.ts';
import { readSettings, type Settings } from './settings.ts';
import { maxTextLength } from './wire.ts';

/** `footlight('track', name, props)` or `footlight('identify', user, traits)`, loosely: the page is not type-checked. */
type Call = ArrayLike<unknown>;

interface Footlight {
  (...call: unknown[]): void;
  /** Calls that a site made before this script was there, kept by its stub. */
  q?: Call[];
  /** Set by the first tag that runs: a second one, or the same put in again, adds nothing. */
  isLoaded?: true;
}

declare global {
  interface Window {
    footlight?: Footlight;
  }
}

/** Tabs opened at once each make an id, and the last one written stays; after this time all of them read that one. */
const settleMs = 100;

quietly(() => {
  const settings = readSettings();
  if (!settings || window.footlight?.isLoaded) return;

  const calls = window.footlight?.q || [];
  let answer = (call: Call): unknown => calls.push(call);
  const footlight: Footlight = quietly((...call) => answer(call));
  footlight.isLoaded = true;
  window.footlight = footlight;

  const begin = quietly(() => {
    answer = start(settings);
    calls.forEach(quietly(answer));
  });
  // A page prepared ahead may never be seen.
  if ((document as Document & { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', begin, { once: true });
  else begin();
})();

/** @returns answers one call of the site */
function start(settings: Settings): (call: Call) => void {
  const mayStore = mayKeep();
  const sender = startSending(
    settings,
    () => (mayStore ? readVisitor() : undefined),
    mayStore && keepVisitor(settings.cookieDomain) ? settleMs : 0,
  );
  const { send } = sender;
  const address = (): string => readAddress(settings.hasHashRoutes);
  const tellPage = watchPages(address, send);
  watchForms(address, send);

  const leave = quietly(() => {
    tellPage();
    sender.flush();
  });
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') leave();
  });

  return ({ 0: method, 1: subject, 2: details }) => {
    const url = address();
    const text = subject == null ? undefined : `${subject}`.slice(0, maxTextLength);
    const record = details as { [name: string]: unknown } | undefined;
    if (method === 'track') send({ type: 'track', url, name: text, props: record });
    if (method === 'identify') send({ type: 'identify', url, user: text, traits: record });
  };
}
