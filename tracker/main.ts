/** The tag: sees pages and what is done on them, answers `footlight(…)`, and sends. It never throws into the page. */
import { hasOptedOut, rememberOptOut } from './consent.ts';
import { watchEngagement } from './engagement.ts';
import { watchForms } from './form.ts';
import { forgetVisitor, keepVisitor } from './identity.ts';
import { keep, readKept } from './keep.ts';
import { watchLinks } from './link.ts';
import { listen } from './listen.ts';
import { watchPages } from './page.ts';
import { quietly } from './quietly.ts';
import { cut, type Said, startSending } from './send.ts';
import { readSettings } from './settings.ts';
import { maxUrlLength, type WireEvent } from './wire.ts';

/** `footlight('track', name, props)`, `footlight('identify', user, traits)`, and what the full build adds. */
interface Footlight {
  (method?: string, subject?: unknown, details?: { [name: string]: unknown }, stored?: () => void): void;
  /** Calls that a site made before this script was there, kept by its stub. */
  q?: Iterable<never>[];
  /** Set by the first tag that runs: a second one, or the same put in again, adds nothing. */
  isLoaded?: true;
}

declare global {
  interface Window {
    footlight?: Footlight;
  }
}

quietly(() => {
  const { given, to } = readSettings();
  const { domain } = given;

  function start(): void {
    const stub = window.footlight;
    if (stub?.isLoaded) return;

    let isAllowed = !hasEverything || (given.consent !== 'required' && !hasOptedOut());
    const queue = hasBreadth && isAllowed ? readKept() : [];
    const { send, pause } = startSending(
      given.site,
      to,
      isAllowed ? keepVisitor(domain) : 0,
      queue,
      () => isAllowed,
      (...words) => given.debug != null && console.info('footlight', ...words),
    );

    /** Without what stands after `#`, unless that is the site's route. */
    const address = (): string =>
      location.href.replace(given.hash == null ? /#.*/ : '', '').slice(0, maxUrlLength);

    const tellStay = hasBreadth ? watchEngagement(send) : () => {};
    const tellAbandoned = hasBreadth
      ? watchForms(address, send, hasEverything ? given.forms : undefined)
      : () => {};
    const tellPage = watchPages(address, send, (url) => {
      tellAbandoned();
      tellStay(url);
    });
    if (hasBreadth) {
      watchLinks(address, send);
      listen('pagehide', tellAbandoned);
    }
    // A tab that comes back has nothing waiting, or something that could not be sent: then it is time to try again.
    listen('pagehide visibilitychange', () => {
      tellPage();
      tellStay(address());
      pause();
    });

    function agree(isAgreed: boolean): void {
      if (isAgreed && !isAllowed) {
        isAllowed = true;
        queue.unshift(...readKept());
        setTimeout(pause, keepVisitor(domain));
      }
      if (!isAgreed) {
        isAllowed = false;
        queue.length = 0;
        keep(readKept(), []);
        forgetVisitor(domain);
      }
    }

    const footlight: Footlight = quietly((method, subject, details, stored) => {
      const url = address();
      const text = cut(`${subject ?? ''}`);
      const tell = hasEverything ? (event: Said<WireEvent>): void => send(event, undefined, stored) : send;
      if (method === 'track') tell({ type: method, url, name: text, props: details });
      if (hasBreadth && method === 'identify') tell({ type: method, url, user: text, traits: details });
      if (hasEverything) {
        if (method === 'group') tell({ type: method, url, group: text, traits: details });
        if (method === 'page') send({ type: method, url, title: cut(document.title), referrer: undefined });
        if (method === 'consent') agree(subject === true && !hasOptedOut());
        if (method === 'optout') {
          const isOut = subject !== false;
          rememberOptOut(isOut);
          // What happened meanwhile is not told afterwards.
          queue.length = 0;
          agree(!isOut && given.consent !== 'required');
        }
        if (method === 'ready') (subject as () => void)();
      }
    });
    footlight.isLoaded = true;
    window.footlight = footlight;
    stub?.q?.forEach((call) => {
      footlight(...call);
    });
  }

  // A page prepared ahead, or opened in a tab behind this one, may never be seen.
  if (document.visibilityState === 'hidden') listen('visibilitychange', start);
  else start();
})();
