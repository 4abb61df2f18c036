/** A line above a form that says why it was not taken. */
import type { Child } from 'hono/jsx';
import { Icon } from './icon.tsx';

export function Notice({ children }: { children: Child }) {
  return (
    <p class="notice" role="alert">
      <Icon name="warning" />
      <span>{children}</span>
    </p>
  );
}
