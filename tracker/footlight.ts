/** Starts everything that a page's tag does, and answers `footlight(…)`. Never throws into the page. */
import { agree, optOut, watchConsent } from './consent.ts';
import { tellStay, watchEngagement } from './engagement.ts';
import { tellAbandoned, watchForms } from './form.ts';
import { watchHandover } from './handover.ts';
import { watchLinks } from './link.ts';
import { listen } from './listen.ts';
import { tellPage, watchPages } from './page.ts';
import { quietly } from './quietly.ts';
import { countHearers, cut, type Hear, pause, send, startSending } from './send.ts';
import { address, type Options, options } from './settings.ts';

/** Anything that JSON can hold. */
interface Properties {
  [name: string]: unknown;
}

/** In the full build a promise: true once it is stored, false if it never will be, or if nothing was told. */
type Outcome = Promise<boolean> | undefined;

/** What a page says to its tag. All but the first two are for the full build. */
export interface Footlight {
  (method: 'track', name: string, props?: Properties, stored?: () => void): Outcome;
  (method: 'identify', user?: string | number | null, traits?: Properties, stored?: () => void): Outcome;
  (method: 'group', group: string | number, traits?: Properties, stored?: () => void): Outcome;
  /** Counts the page now shown once more, for routers that change no address. */
  (method: 'page'): Outcome;
  (method: 'consent', isGiven: boolean): Outcome;
  /** For this browser, until taken back by `false`. */
  (method: 'optout', isOut?: boolean): Outcome;
  /** Calls back once the tag is there. */
  (method: 'ready', action: () => void): Outcome;
  /** Calls that a site made before this script was there, kept by its stub. */
  q?: Iterable<never>[];
  /** What the owner chose, said by the page's script instead of the tag; read when the tag starts. */
  options?: Options;
  /** Set by the first tag that runs: a second one, or the same put in again, adds nothing. */
  v?: number;
}

declare global {
  interface Window {
    footlight?: Footlight;
  }
}

/** Never throws. */
type Answer = (method?: string, subject?: unknown, details?: Properties, hear?: Hear) => void;

/** The same answer, with a promise: true once what was told is stored, false if it will not be or nothing was told. */
function promising(answer: Answer) {
  return (method?: string, subject?: unknown, details?: Properties, stored?: () => void) =>
    new Promise<boolean>((settle) => {
      const before = countHearers();
      answer(method, subject, details, (isStored) => {
        settle(isStored);
        if (isStored) quietly(() => stored?.())();
      });
      if (countHearers() <= before) settle(false);
    });
}

/** Starts, once what is chosen is known and somebody sees the page. */
function start(): void {
  const stub = window.footlight;
  // A build that cannot wait for consent does nothing where it is asked to. What nobody sees is no page.
  if (
    stub?.v ||
    (!hasEverything && options.consent) ||
    document.visibilityState === 'hidden' ||
    // In a sandbox: somebody's preview, or a part of another page.
    origin === 'null'
  )
    return;
  if (hasEverything) {
    watchConsent();
    watchHandover();
  }
  startSending();
  // A page that shows another of the same site inside of it is one page.
  if (!frameElement) {
    watchPages();
    if (hasBreadth) watchEngagement();
  }
  if (hasBreadth) {
    watchForms();
    watchLinks();
  }
  // A tab that comes back has nothing waiting, or something that could not be sent: then it is time to try again.
  listen('pagehide visibilitychange online', ({ type }) => {
    tellPage();
    if (hasBreadth) {
      if (type === 'pagehide') tellAbandoned(address());
      tellStay(address());
    }
    pause();
  });

  const answer = quietly<Parameters<Answer>>((method, subject, details, hear) => {
    const text = hasBreadth ? cut(`${subject ?? ''}`) : undefined;
    if (hasBreadth && method === 'track') send({ type: method, name: text, props: details }, hear);
    if (hasBreadth && method === 'identify') send({ type: method, user: text, traits: details }, hear);
    if (hasEverything) {
      if (method === 'group') send({ type: method, group: text, traits: details }, hear);
      if (method === 'page') send({ type: method, title: cut(document.title), referrer: undefined }, hear);
      if (method === 'consent') agree(subject === true);
      if (method === 'optout') optOut(subject !== false);
      if (method === 'ready') (subject as () => void)();
    }
  });
  const footlight = (hasEverything ? promising(answer) : answer) as Footlight;
  footlight.v = 1;
  window.footlight = footlight;
  if (hasBreadth) for (const call of stub?.q ?? []) footlight(...(call as unknown as Parameters<Footlight>));
}

/** Now; but a page prepared ahead, or opened in a tab behind this one, may never be seen. */
export function startWhenSeen(): void {
  listen('visibilitychange', start);
  start();
}
