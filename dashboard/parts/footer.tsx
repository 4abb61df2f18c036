/** What licences of the company data in use want to be said on every page that shows something of it. */
import type { Attribution } from '../../collector/ip-data/attribution.ts';

export function Footer({ attributions }: { attributions: readonly Attribution[] }) {
  if (attributions.length === 0) return null;
  return (
    <footer class="footer">
      {attributions.map(({ text, href }) => (
        <a href={href} rel="noreferrer">
          {text}
        </a>
      ))}
    </footer>
  );
}
