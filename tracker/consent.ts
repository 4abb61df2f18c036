/** Whether the visitor agrees to be followed, as the site, Google's consent mode, the IAB's framework or they themselves say. In the full build. */
import { forgetVisitor } from './identity.ts';
import { keep, readKept } from './keep.ts';
import { allow, isAllowed } from './permission.ts';
import { quietly } from './quietly.ts';
import { forgetWaiting, startSending } from './send.ts';
import { options } from './settings.ts';
import { cookieName } from './wire.ts';

/** Where an opt-out is remembered; it says nothing else. */
const optOutName = `${cookieName}_out`;

/** A command as `gtag` leaves it in the data layer: `consent`, `default` or `update`, and what is granted. */
type Command = [string?, string?, { analytics_storage?: string }?];

/**
 * What a consent platform says of the visitor.
 * @see https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, "TCData"
 */
interface TcData {
  gdprApplies?: boolean;
  eventStatus: string;
  purpose: Record<'consents' | 'legitimateInterests', { [purpose: number]: boolean | undefined }>;
}

declare global {
  interface Window {
    dataLayer?: Command[];
    __tcfapi?: (
      command: 'addEventListener',
      version: 2,
      hear: (data: TcData, isRight: boolean) => void,
    ) => void;
  }
}

/** Of several defaults for regions we do not know ours: the strictest holds until the visitor has chosen. */
let isDenied = false;

/** True where the visitor opted out on this site, now or on an earlier visit. */
function hasOptedOut(): boolean {
  try {
    return optOutName in localStorage;
  } catch {
    return false;
  }
}

/** Begins, with all that waited; or ends, and takes away what was kept. */
export function agree(isAgreed: boolean): void {
  if (isAgreed && !isAllowed && !hasOptedOut()) {
    allow(true);
    startSending();
  }
  if (!isAgreed) {
    allow(false);
    forgetWaiting();
    quietly(() => keep(readKept(), []))();
    forgetVisitor();
  }
}

/** @param isOut false takes it back; then it is as if the visitor had not been asked */
export function optOut(isOut: boolean): void {
  if (isOut) localStorage[optOutName] = 1;
  else delete localStorage[optOutName];
  // What happened meanwhile is not told afterwards.
  forgetWaiting();
  if (isOut || !options.consent) agree(!isOut);
}

// `gtag` leaves its arguments, others leave plain objects.
const heedGoogle = /* @__PURE__ */ quietly(({ 0: command, 1: when, 2: choice }: Command) => {
  if (command === 'consent' && choice?.analytics_storage) {
    isDenied = choice.analytics_storage !== 'granted' || (isDenied && when === 'default');
    agree(!isDenied);
  }
});

/** @returns once it is known whether anything may be kept and sent, or that it must be waited for */
export function watchConsent(): void {
  const { consent } = options;
  if (consent || hasOptedOut()) allow(false);
  if (consent === 'google') {
    window.dataLayer ??= [];
    const { dataLayer } = window;
    const { push } = dataLayer;
    dataLayer.forEach(heedGoogle);
    dataLayer.push = (...commands) => {
      commands.forEach(heedGoogle);
      return push.apply(dataLayer, commands);
    };
  }
  if (consent === 'tcf')
    window.__tcfapi?.(
      'addEventListener',
      2,
      quietly(({ gdprApplies, eventStatus, purpose: { consents, legitimateInterests } }: TcData, isRight) => {
        // Purpose 1: to store in the browser. 8: to measure how content performs.
        if (isRight && eventStatus !== 'cmpuishown')
          agree(gdprApplies === false || !!(consents[1] && (consents[8] || legitimateInterests[8])));
      }),
    );
}
