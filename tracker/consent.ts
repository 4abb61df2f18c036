/** Whether anything may be kept in this browser. */

interface NavigatorWithGpc extends Navigator {
  /** @see https://w3c.github.io/gpc/ */
  globalPrivacyControl?: boolean;
}

/** False where the visitor asked by Global Privacy Control not to be followed. */
export function mayKeep(): boolean {
  return !(navigator as NavigatorWithGpc).globalPrivacyControl;
}
