/** What stands where a list would be: why it is empty, and the one thing to do about it. */
import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

export function EmptyState(props: {
  icon: IconName;
  title: string;
  children: Child;
  action?: { href: string; label: string };
  /** It is all that there is on the page: its title is the page's. */
  isWholePage?: boolean;
}) {
  const Title = props.isWholePage ? 'h1' : 'h2';
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={props.icon} />
      </span>
      <Title class="empty-title">{props.title}</Title>
      <p>{props.children}</p>
      {props.action && (
        <a class="button button-primary" href={props.action.href}>
          {props.action.label}
        </a>
      )}
    </div>
  );
}
