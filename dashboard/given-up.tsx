/** Pages whose reading is bounded: it ends when nobody waits any more, and what took too long is said calmly. */
import type { Context, MiddlewareHandler } from 'hono';
import { ReadGivenUp } from '../collector/store/store.ts';
import type { Env, House } from './house.ts';
import { problem } from './pages/problem.tsx';

/** When a browser or a program may come again, seconds. */
const retryAfter = '5';

/** Ends the reading for a page whose reader has closed it. What changes something is finished, whoever looks on. */
export function whileWanted(house: House): MiddlewareHandler {
  return (c, next) =>
    c.req.method === 'GET' || c.req.method === 'HEAD'
      ? house.store.whileWanted(c.req.raw.signal, next)
      : next();
}

/** Answers in place of a page that could not be read in time; any other error is for whoever started us. */
export function givenUp(house: House) {
  return (error: Error, c: Context<Env>): Response | Promise<Response> => {
    if (!(error instanceof ReadGivenUp)) throw error;
    if (error.why === 'too-long')
      return problem(
        c,
        house,
        503,
        'That took too long',
        'It was given up, so that nobody else is kept waiting. Choose a shorter period, or a single site.',
      );
    c.header('retry-after', retryAfter);
    return problem(
      c,
      house,
      503,
      'Too much is being looked up just now',
      'Your visitors are counted all the same. Try again in a few seconds.',
    );
  };
}
