/** Who and what may look, and what they did: the owner's pages about access. */
const tabs = [
  { name: 'users', href: '/settings/users', label: 'People' },
  { name: 'keys', href: '/settings/keys', label: 'API keys' },
  { name: 'audit', href: '/settings/audit', label: 'Audit log' },
] as const;

export function AccessTabs({ current }: { current: (typeof tabs)[number]['name'] }) {
  return (
    <nav class="segments settings-tabs" aria-label="Access">
      {tabs.map(({ name, href, label }) => (
        <a href={href} aria-current={name === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
