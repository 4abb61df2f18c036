/** The two halves of what is known of networks beyond the data: what the owner says, and what people taught. */
const tabs = [
  { name: 'rules', href: '/settings/rules', label: 'Your rules' },
  { name: 'learned', href: '/learned', label: 'Learned networks' },
] as const;

export function SettingsTabs({ current }: { current: (typeof tabs)[number]['name'] }) {
  return (
    <nav class="segments settings-tabs" aria-label="What is known of networks">
      {tabs.map(({ name, href, label }) => (
        <a href={href} aria-current={name === current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
