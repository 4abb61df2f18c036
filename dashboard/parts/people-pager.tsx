/** `21–40 of 312`, and the ways to the pages beside; nothing where there is one page. */
import { number } from '../words.ts';
import { Icon } from './icon.tsx';

export function PeoplePager(props: {
  page: number;
  perPage: number;
  total: number;
  href(page: number): string;
}) {
  const { page, perPage, total, href } = props;
  if (total <= perPage) return null;
  const last = Math.min(total, page * perPage);
  return (
    <nav class="pager" aria-label="Pages of people">
      <span>
        {number((page - 1) * perPage + 1)}–{number(last)} of {number(total)}
      </span>
      {page > 1 && (
        <a class="button" rel="prev" href={href(page - 1)}>
          <Icon name="left" />
          Previous
        </a>
      )}
      {last < total && (
        <a class="button" rel="next" href={href(page + 1)}>
          Next
          <Icon name="right" />
        </a>
      )}
    </nav>
  );
}
