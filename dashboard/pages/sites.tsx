/** The sites that are watched. */
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { date } from '../words.ts';

export function sitesPage(house: House): Page {
  return async (c) => {
    const now = house.now();
    const sites = await Promise.all(
      (await house.store.sites()).map(async (site) => ({
        ...site,
        lastEventAt: await house.store.lastEventAt(site.id),
      })),
    );
    return render(
      c,
      house,
      { title: 'Sites', place: 'sites' },
      <>
        <div class="page-head">
          <h1>Sites</h1>
          {sites.length > 0 && (
            <a class="button button-primary" href="/sites/new">
              <Icon name="plus" />
              Add a site
            </a>
          )}
        </div>
        <section class="card card-list">
          {sites.length === 0 ? (
            <EmptyState
              icon="plus"
              title="No sites yet"
              action={{ href: '/sites/new', label: 'Add your site' }}
            >
              Name a site, paste one line into it, and its visits arrive here.
            </EmptyState>
          ) : (
            <table class="list list-sites">
              <caption class="hidden">Sites</caption>
              <thead>
                <tr>
                  <th scope="col">Domain</th>
                  <th scope="col">Key</th>
                  <th scope="col">Added</th>
                  <th scope="col">Last event</th>
                  <th scope="col">
                    <span class="hidden">Tag</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {sites.map((site) => (
                  <tr>
                    <th scope="row">
                      {site.domain}
                      {site.hosts.length > 0 && <span class="claim-domain">and {site.hosts.join(', ')}</span>}
                    </th>
                    <td data-label="Key">
                      <code>{site.key}</code>
                    </td>
                    <td data-label="Added">{date(site.createdAt)}</td>
                    <td data-label="Last event">
                      {site.lastEventAt === null ? 'none yet' : <Moment at={site.lastEventAt} now={now} />}
                    </td>
                    <td>
                      <span class="site-links">
                        <a href={`/sites/${site.id}/tag`} aria-label={`Tag of ${site.domain}`}>
                          Tag
                        </a>
                        <a href={`/sites/${site.id}/settings`} aria-label={`Tag settings of ${site.domain}`}>
                          Tag settings
                        </a>
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      </>,
    );
  };
}
