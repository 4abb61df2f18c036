/** A line above a form that says what happened: a problem, or that something was done. */
import type { Child } from 'hono/jsx';
import { Icon } from './icon.tsx';

export function Notice({ kind, children }: { kind: 'problem' | 'done'; children: Child }) {
  return (
    <p class={`notice notice-${kind}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon name={kind === 'problem' ? 'warning' : 'check'} />
      <span>{children}</span>
    </p>
  );
}
