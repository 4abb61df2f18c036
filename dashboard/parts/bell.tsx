/** In the head of every page: whether there is something to be told. */
import { number } from '../words.ts';
import { Icon } from './icon.tsx';

const most = 99;

export function Bell({ unread, isCurrent }: { unread: number; isCurrent: boolean }) {
  return (
    <a class="bell" href="/alerts" aria-current={isCurrent ? 'page' : undefined}>
      <Icon name="bell" />
      <span class="hidden">Alerts{unread > 0 && `, ${number(unread)} unread`}</span>
      {unread > 0 && (
        <span class="bell-count" aria-hidden="true">
          {unread > most ? `${most}+` : unread}
        </span>
      )}
    </a>
  );
}
