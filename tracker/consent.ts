/** Whether anything may be kept in this browser. */
import { cookieName } from './wire.ts';

/** Where an opt-out is remembered; it says nothing else. */
const optOutName = `${cookieName}_out`;

interface NavigatorWithGpc extends Navigator {
  /** @see https://w3c.github.io/gpc/ */
  globalPrivacyControl?: boolean;
}

/** False where the visitor asked by Global Privacy Control not to be followed. */
export function mayKeep(): boolean {
  return !(navigator as NavigatorWithGpc).globalPrivacyControl;
}

/** True where the visitor opted out on this site, now or on an earlier visit. */
export function hasOptedOut(): boolean {
  try {
    return optOutName in localStorage;
  } catch {
    return false;
  }
}

/** @param isOut false takes it back */
export function rememberOptOut(isOut: boolean): void {
  if (isOut) localStorage[optOutName] = 1;
  else delete localStorage[optOutName];
}
