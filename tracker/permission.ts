/** Whether anything may be kept or sent now. Changed by `consent.ts`, in the full build; elsewhere it stays true. */

export let isAllowed = true;

export function allow(isAgreed: boolean): void {
  isAllowed = isAgreed;
}
