/**
 * What can be done with the companies that are ticked. It shows itself by CSS as soon as one is, without a script; where
 * a browser cannot do that, it is always there.
 */

import { maxTagLength } from '../../collector/store/marks.ts';
import type { AccountsFilter } from '../accounts-filter.ts';
import type { User } from '../roles.ts';
import { Icon } from './icon.tsx';

/** Somebody to own a company. @param chosen who does; null: nobody; one who is not a user shows, and cannot be chosen again */
export function OwnerChoice(props: {
  user: User;
  emails: readonly string[];
  id: string;
  chosen: string | null;
}) {
  const { user, emails, id, chosen } = props;
  const others = emails.filter((email) => email !== user.email);
  return (
    <select name="owner" id={id}>
      {chosen !== null && !emails.includes(chosen) && (
        <option value="" disabled selected>
          {chosen}
        </option>
      )}
      <option value="" selected={chosen === null}>
        Nobody
      </option>
      <option value={user.email} selected={chosen === user.email}>
        You
      </option>
      {others.map((email) => (
        <option value={email} selected={email === chosen}>
          {email}
        </option>
      ))}
    </select>
  );
}

export function TagNames({ tags }: { tags: readonly { tag: string }[] }) {
  return (
    <datalist id="known-tags">
      {tags.map(({ tag }) => (
        <option value={tag} />
      ))}
    </datalist>
  );
}

/** Enter in a field presses a form's first button: that is to be the field's own. */
export function EnterTags() {
  return (
    <button type="submit" name="do" value="tag" class="hidden" tabindex={-1}>
      Add the tag
    </button>
  );
}

export function AccountsBulk(props: {
  filter: AccountsFilter;
  user: User;
  emails: readonly string[];
  tags: readonly { tag: string }[];
}) {
  const { filter, user, emails, tags } = props;
  const button = (action: string, label: string) => (
    <button type="submit" name="do" value={action} class="button button-small">
      {label}
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a line everywhere.
    <div class="bulk" role="group" aria-label="With the chosen companies">
      <p class="bulk-count" data-count role="status" />
      <span class="bulk-part">
        {button('follow', 'Follow')}
        {button('unfollow', 'Unfollow')}
        {filter.list === 'hidden' ? button('unhide', 'Show again') : button('hide', 'Hide')}
      </span>
      <span class="bulk-part">
        <label for="bulk-owner">Owner</label>
        <OwnerChoice user={user} emails={emails} id="bulk-owner" chosen={user.email} />
        {button('assign', 'Assign')}
      </span>
      <span class="bulk-part">
        <label for="bulk-tag">Tag</label>
        <input
          type="text"
          id="bulk-tag"
          name="tag"
          list="known-tags"
          maxlength={maxTagLength}
          autocomplete="off"
        />
        {button('tag', 'Add')}
        {button('untag', 'Remove')}
        <TagNames tags={tags} />
      </span>
      <button
        type="submit"
        name="do"
        value="export"
        class="button button-small"
        formmethod="get"
        formaction="/accounts.csv"
      >
        <Icon name="download" />
        Export these
      </button>
    </div>
  );
}
