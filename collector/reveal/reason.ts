/** Why something failed, as one line that can be shown. */

const maxLength = 200;

/** @returns the message without the thrower's own stack and line ends */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').slice(0, maxLength);
}
