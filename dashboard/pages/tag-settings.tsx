/** What the tag of a site measures and waits for. */
import type { Context } from 'hono';
import type { Site } from '../../collector/store/store.ts';
import { type Build, buildOf } from '../../collector/tag-settings.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { TagForm } from '../parts/tag-form.tsx';
import { noSuchSite, siteInPath } from '../site-in-path.ts';
import { readTag, readTypedTag, type TagProblems, type TypedTag, typedTag } from '../tag-input.ts';

const buildWords: Record<Build, string> = {
  't.least.js': 'the smallest of three',
  't.js': 'the usual one, the middle of three in size',
  't.full.js': 'the whole one, the largest of three',
};

function settings(
  c: Context<Env>,
  house: House,
  site: Site,
  shown: { typed: TypedTag; problems: TagProblems; isSaved: boolean },
) {
  const isRefused = Object.keys(shown.problems).length > 0;
  return render(
    c,
    house,
    { title: `Tag settings of ${site.domain}`, place: 'sites', status: isRefused ? 400 : 200 },
    <div class="narrow">
      <div>
        <h1>Tag settings of {site.domain}</h1>
        <p class="lead">
          The collector serves the smallest tag that does what you choose: now {buildWords[buildOf(site.tag)]}
          . The line on your pages stays the same. <a href={`/sites/${site.id}/tag`}>The tag</a>
        </p>
      </div>
      {isRefused && <Notice>Nothing was saved yet: see what is marked below.</Notice>}
      {shown.isSaved && (
        <p class="notice notice-good" role="status">
          <Icon name="check" />
          <span>Saved. Browsers that have the tag already take it up within an hour.</span>
        </p>
      )}
      <TagForm action={`/sites/${site.id}/settings`} typed={shown.typed} problems={shown.problems} />
    </div>,
  );
}

export function tagSettingsPage(house: House): Page {
  return async (c) => {
    const site = await siteInPath(c, house);
    if (!site) return noSuchSite(c, house);
    const isSaved = c.req.query('saved') !== undefined;
    return settings(c, house, site, { typed: typedTag(site.tag), problems: {}, isSaved });
  };
}

export function setTagSettings(house: House): Page {
  return async (c) => {
    const site = await siteInPath(c, house);
    if (!site) return noSuchSite(c, house);
    const typed = readTypedTag(await readForm(c));
    const read = readTag(typed, site);
    if ('problems' in read)
      return settings(c, house, site, { typed, problems: read.problems, isSaved: false });
    await house.store.setTag(site.id, read.tag);
    const entry = { who: c.get('user').email, what: 'settings', subject: `tag of ${site.domain}` } as const;
    await house.store.record(entry, house.now());
    return c.redirect(`/sites/${site.id}/settings?saved`, 303);
  };
}
