/** The page for everything that cannot be shown: what happened, and what to do. Never what went wrong inside. */
import type { Context } from 'hono';
import type { Env, House } from '../house.ts';
import { render } from '../layout.tsx';

export function problem(
  c: Context<Env>,
  house: House,
  status: 400 | 403 | 404 | 413 | 500 | 503,
  title: string,
  advice: string,
): Response | Promise<Response> {
  return render(
    c,
    house,
    { title, status },
    <div class="problem">
      <p class="problem-status">{status}</p>
      <h1>{title}</h1>
      <p>{advice}</p>
      <a class="button" href="/accounts">
        Back to the companies
      </a>
    </div>,
  );
}
