/** The tag: sees pages and forms, answers `footlight(…)`, and sends. It never throws into the page. */
import { watchEngagement } from './engagement.ts';
import { watchForms } from './form.ts';
import { keepVisitor } from './identity.ts';
import { watchLinks } from './link.ts';
import { listen } from './listen.ts';
import { watchPages } from './page.ts';
import { quietly } from './quietly.ts';
import { cut, startSending } from './send.ts';
import { readSettings } from './settings.ts';
import { maxUrlLength } from './wire.ts';

/** `footlight('track', name, props)` or `footlight('identify', user, traits)`. */
interface Footlight {
  (method?: string, subject?: string, details?: { [name: string]: unknown }): void;
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
  const { site, to, hash, domain } = readSettings();

  const start = quietly(() => {
    const stub = window.footlight;
    if (stub?.isLoaded) return;

    const { send, pause } = startSending(site, to, keepVisitor(domain));

    /** Without what stands after `#`, unless that is the site's route. */
    const address = (): string => location.href.replace(hash == null ? /#.*/ : '', '').slice(0, maxUrlLength);

    const tellStay = watchEngagement(send);
    const tellAbandoned = watchForms(address, send);
    const tellPage = watchPages(address, send, (url) => {
      tellAbandoned();
      tellStay(url);
    });
    watchLinks(address, send);
    const leave = (): void => {
      tellPage();
      tellStay(address());
      pause();
    };
    listen('pagehide', tellAbandoned);
    // A tab that comes back has nothing waiting, or something that could not be sent: then it is time to try again.
    listen('pagehide visibilitychange', leave);

    const footlight: Footlight = quietly((method, subject, details) => {
      const url = address();
      const text = cut(subject && `${subject}`);
      if (method === 'track') send({ type: method, url, name: text, props: details });
      if (method === 'identify') send({ type: method, url, user: text, traits: details });
    });
    footlight.isLoaded = true;
    window.footlight = footlight;
    stub?.q?.forEach((call) => {
      footlight(...call);
    });
  });

  // A page prepared ahead, or opened in a tab behind this one, may never be seen.
  if (document.visibilityState === 'hidden') document.addEventListener('visibilitychange', start);
  else start();
})();
