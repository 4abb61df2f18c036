/** What every engine must do with the sites and what their owner chose for the tag. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { type TagSettings, usualTag } from '../../../collector/tag-settings.ts';
import { monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const chosen: TagSettings = {
  ...usualTag,
  hash: true,
  domain: 'lumen.example',
  consent: 'tcf',
  emailDomain: true,
  capture: ['company-size', 'größe'],
  link: ['lumen-shop.example'],
};

describe.each(engines)('$name', ({ open }) => {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
  });
  afterEach(() => store.close());

  test('a new site has the usual tag', async () => {
    expect((await store.addSite('lumen.example', [], monday)).tag).toEqual(usualTag);
    expect((await store.sites()).map(({ tag }) => tag)).toEqual([usualTag]);
  });

  test('what is chosen for a tag is that site’s alone, and stays when hosts are added to it', async () => {
    const site = await store.addSite('lumen.example', [], monday);
    await store.addSite('other.example', [], monday);
    await store.setTag(site.id, chosen);
    expect((await store.sites()).map(({ tag }) => tag)).toEqual([chosen, usualTag]);
    expect((await store.addSite('lumen.example', ['lumen.test'], monday)).tag).toEqual(chosen);
    await store.setTag(site.id, usualTag);
    expect((await store.sites()).map(({ tag }) => tag)).toEqual([usualTag, usualTag]);
  });

  test('the tag of a site that is not there is refused', async () => {
    await expect(store.setTag(7, chosen)).rejects.toThrow('there is no site 7');
  });

  test('settings are no read model: making those anew leaves them', async () => {
    const site = await store.addSite('lumen.example', [], monday);
    await store.setTag(site.id, chosen);
    await store.rebuild();
    expect((await store.sites())[0]?.tag).toEqual(chosen);
    expect(await store.verify()).toEqual([]);
  });
});
