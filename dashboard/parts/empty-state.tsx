/** What stands where a list would be: why it is empty, and the one thing to do about it. */
import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

export function EmptyState(props: {
  icon: IconName;
  title: string;
  children: Child;
  action?: { href: string; label: string };
}) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={props.icon} />
      </span>
      <h2>{props.title}</h2>
      <p>{props.children}</p>
      {props.action && (
        <a class="button button-primary" href={props.action.href}>
          {props.action.label}
        </a>
      )}
    </div>
  );
}
