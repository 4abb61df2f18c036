/** The user agent, cut where it comes in: names stand at its start, and what remembers it must stay small. */

const maxLength = 512;

/** A string of its own: a mere slice would keep the whole header alive for as long as it is remembered. */
export function boundedAgent(userAgent: string): string {
  return userAgent.length <= maxLength ? userAgent : Buffer.from(userAgent.slice(0, maxLength)).toString();
}
