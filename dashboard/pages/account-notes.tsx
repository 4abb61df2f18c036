/** What people wrote down about a company. */
import { accountTab } from '../account-tab.tsx';
import type { House, Page } from '../house.ts';
import { AccountNotes } from '../parts/account-notes.tsx';

export function accountNotesPage(house: House): Page {
  return accountTab(house, 'notes', async (_c, { account, notes, user, now }) => (
    <AccountNotes accountId={account.id} notes={notes} user={user} now={now} />
  ));
}
