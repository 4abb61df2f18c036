/** Refuses crawlers, monitors and other programs that say so. */
import { isbot } from 'isbot';
import { type Facts, isHearsay } from '../draft.ts';
import type { Drop } from '../receive/reasons.ts';
import { remember } from '../remember.ts';
import type { Step } from './step.ts';

const isProgram: Drop = { drop: 'bot' };
const nothing: Partial<Facts> = {};

export function botStep(): Step {
  // No browser leaves its name out.
  const found = remember(5_000, (userAgent) => (userAgent === '' || isbot(userAgent) ? isProgram : nothing));
  return {
    name: 'bot',
    // A server calls with its library's agent, and passes the visitor's on only if it likes.
    run: ({ via, userAgent }) => (isHearsay(via) && userAgent === '' ? nothing : found(userAgent)),
  };
}
