/** What stands on a page of visits before there is a site to visit. */
import { maySetUp, type User } from '../roles.ts';
import { EmptyState } from './empty-state.tsx';

export function NoSite({ user }: { user: User }) {
  const isOwner = maySetUp(user);
  return (
    <EmptyState
      icon="plus"
      isWholePage
      title="Which site shall we watch?"
      {...(isOwner && { action: { href: '/sites/new', label: 'Add your site' } })}
    >
      {isOwner
        ? 'Name your site, paste one line into it, and its visits appear here.'
        : 'No site has been added yet. An owner of this Footlight can do that.'}
    </EmptyState>
  );
}
