/** What every engine must answer about networks that people's own e-mail addresses confirm. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { draft, hour, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name: networks that people confirm', ({ open }) => {
  let store: Store;

  beforeEach(async () => {
    store = (await open()).store;
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(() => store.close());

  test('say where their people work, and what was said of the network', async () => {
    await store.append([
      draft({ visitor: 'a', at: monday, address: 1, company: 'Acme' }),
      draft({ visitor: 'a', at: monday + 1, address: 1, company: 'Acme', email: 'kim@harbour.example' }, 1),
      draft({ visitor: 'b', at: monday + hour, address: 2, email: 'sam@gmail.com' }),
      draft({ visitor: 'c', at: monday + hour, address: 3, company: 'Nordwind' }),
    ]);
    const confirmed = await store.confirmedNetworks(10);
    expect(confirmed).toMatchObject([
      { employer: { domain: 'harbour.example' }, verdict: { company: { name: 'Acme' } }, visits: 1 },
    ]);
    expect(JSON.stringify(confirmed)).not.toContain('kim@');
  });

  test('are none where nobody told an address', async () => {
    await store.append([draft({ visitor: 'a', at: monday, address: 1, company: 'Acme' })]);
    expect(await store.confirmedNetworks(10)).toEqual([]);
  });
});
