/** The parts of one company's page, each under an address of its own. */

export const accountTabs = ['activity', 'people', 'prospects', 'notes'] as const;
export type AccountTab = (typeof accountTabs)[number];

const labels: Record<AccountTab, string> = {
  activity: 'Activity',
  people: 'People',
  prospects: 'Prospects',
  notes: 'Notes',
};

/** Its address; activity is what one comes for. */
export function tabHref(accountId: number, tab: AccountTab, siteId: number | null = null): string {
  const path = `/accounts/${accountId}${tab === 'activity' ? '' : `/${tab}`}`;
  return siteId === null ? path : `${path}?site=${siteId}`;
}

export function AccountTabs(props: {
  accountId: number;
  current: AccountTab;
  siteId: number | null;
  counts: Readonly<Partial<Record<AccountTab, number>>>;
}) {
  return (
    <nav class="tabs account-tabs" aria-label="About this company">
      {accountTabs.map((tab) => {
        const count = props.counts[tab] ?? 0;
        return (
          <a
            href={tabHref(props.accountId, tab, props.siteId)}
            aria-current={tab === props.current ? 'page' : undefined}
          >
            {labels[tab]}
            {count > 0 && <span class="tab-count">{count}</span>}
          </a>
        );
      })}
    </nav>
  );
}
