/** Sites: which there are, a new one, and what their tags do. */
import { z } from '@hono/zod-openapi';
import type { Site } from '../../store/store.ts';
import { consentModes, measures, type TagSettings, tagSettings } from '../../tag-settings.ts';
import { cookieDomain } from '../../typed/cookie-domain.ts';
import { readSite } from '../../typed/site.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { byId, eventTypes, iso, isoOrNull, knownSite, pageOf, time } from '../shapes.ts';

const maxJsonBytes = 64 * 1_024;

const settingsShape = z
  .strictObject({
    measures: z.enum(measures).openapi({ description: '`pages`: page views alone.' }),
    hash: z.boolean().openapi({ description: 'What stands after `#` is the page.' }),
    domain: z
      .string()
      .max(253)
      .openapi({ description: 'Where the cookie is kept; empty: the widest domain there is.' }),
    consent: z.enum(consentModes).openapi({ description: 'What the tag waits for.' }),
    emailDomain: z.boolean().openapi({ description: 'Of e-mail addresses in forms, their domain is told.' }),
    fieldTiming: z.boolean().openapi({ description: 'How long each field took is told.' }),
    capture: z
      .array(z.string().max(100))
      .max(50)
      .openapi({ description: 'Names of fields whose values are told.' }),
    link: z
      .array(z.string().max(100))
      .max(50)
      .openapi({ description: 'Other domains of yours that visitors are followed to.' }),
    calls: z.boolean().openapi({ description: 'The site calls more than `track` and `identify`.' }),
    debug: z.boolean().openapi({ description: 'The browser’s console says what was sent.' }),
  })
  .openapi('TagSettings');

const siteShape = z
  .object({
    id: z.int(),
    key: z.string().openapi({ description: 'What its tag names it by; public.' }),
    domain: z.string(),
    hosts: z.array(z.string()).openapi({ description: 'Further hosts that may send events.' }),
    createdAt: time('When it was added.'),
    lastEventAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When its newest event came; null: none yet.' }),
    settings: settingsShape,
  })
  .openapi('Site');

const usual: TagSettings = {
  measures: 'usual',
  hash: false,
  domain: '',
  consent: 'none',
  emailDomain: false,
  fieldTiming: false,
  capture: [],
  link: [],
  calls: false,
  debug: false,
};

const example: z.input<typeof siteShape> = {
  id: 1,
  key: 'k7m2p9xq4t',
  domain: 'example.com',
  hosts: [],
  createdAt: '2026-06-01T09:00:00.000Z',
  lastEventAt: '2026-11-20T14:52:07.000Z',
  settings: usual,
};

const told = (site: Site, lastEventAt: number | null): z.input<typeof siteShape> => ({
  id: site.id,
  key: site.key,
  domain: site.domain,
  hosts: site.hosts,
  createdAt: iso(site.createdAt),
  lastEventAt: isoOrNull(lastEventAt),
  settings: { ...site.tag },
});

/** @throws Problem with what was wrong, where the error says it in words */
function refusing<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new Problem('refused', error instanceof Error ? error.message : String(error));
  }
}

export const sites: Resource = {
  name: 'Sites',
  says: 'The web sites that are watched.',
  operations: [
    operation({
      id: 'list-sites',
      method: 'get',
      path: '/sites',
      needs: 'sites:read',
      summary: 'List the sites',
      description: 'All sites, the oldest first, with what their tags do.',
      answer: {
        status: 200,
        description: 'The sites.',
        schema: pageOf(siteShape),
        example: { data: [example], next: null },
      },
      async handle({ store }) {
        const all = await store.sites();
        const data = await Promise.all(all.map(async (site) => told(site, await store.lastEventAt(site.id))));
        return { data, next: null };
      },
    }),
    operation({
      id: 'add-site',
      method: 'post',
      path: '/sites',
      needs: 'sites:write',
      summary: 'Add a site',
      description: 'Its answer has the key that its tag names it by.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z.strictObject({
          domain: z.string().max(253).openapi({ description: 'The address that people type to get there.' }),
          hosts: z
            .array(z.string().max(253))
            .max(50)
            .default([])
            .openapi({ description: 'Further hosts that carry the tag; subdomains do anyway.' }),
        }),
        example: { domain: 'shop.example', hosts: ['shop-help.example'] },
      },
      answer: {
        status: 201,
        description: 'The site.',
        schema: siteShape,
        example: { ...example, lastEventAt: null },
      },
      async handle({ store, body, now, caller }) {
        const known = await store.sites();
        const { domain, hosts } = refusing(() => readSite(body.domain, body.hosts, known));
        const site = await store.addSite(domain, hosts, now());
        await store.record({ who: caller.by, what: 'site-added', subject: domain }, now());
        return told(site, null);
      },
    }),
    operation({
      id: 'get-site',
      method: 'get',
      path: '/sites/{id}',
      needs: 'sites:read',
      summary: 'Get one site',
      description: 'With when it was last heard of.',
      params: byId('site'),
      answer: { status: 200, description: 'The site.', schema: siteShape, example },
      async handle(asked) {
        const site = await knownSite(asked, asked.path.id);
        return told(site, await asked.store.lastEventAt(site.id));
      },
    }),
    operation({
      id: 'set-site-settings',
      method: 'put',
      path: '/sites/{id}/settings',
      needs: 'sites:write',
      summary: 'Say what a site’s tag does',
      description:
        'Replaces all settings of the tag. Browsers that have the tag already take them up within an hour.',
      params: byId('site'),
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: settingsShape,
        example: { ...usual, consent: 'google', link: ['shop.example'] },
      },
      answer: { status: 200, description: 'The site as it is now.', schema: siteShape, example },
      async handle(asked) {
        const { store, body, now, caller, path } = asked;
        const site = await knownSite(asked, path.id);
        const read = tagSettings.safeParse({
          ...body,
          domain: refusing(() => cookieDomain(body.domain, site)),
        });
        if (!read.success) {
          const wrong = read.error.issues.map((issue) => ({
            where: ['body', ...issue.path].join('.'),
            says: issue.message,
          }));
          throw new Problem('refused', `${wrong[0]?.where}: ${wrong[0]?.says}`, { wrong });
        }
        await store.setTag(site.id, read.data);
        await store.record({ who: caller.by, what: 'settings', subject: `tag of ${site.domain}` }, now());
        return told({ ...site, tag: read.data }, await store.lastEventAt(site.id));
      },
    }),
    operation({
      id: 'latest-events',
      method: 'get',
      path: '/sites/{id}/latest-events',
      needs: 'accounts:read',
      summary: 'See what a site sent last',
      description: 'The ten newest events, newest first: whether the tag works.',
      params: byId('site'),
      answer: {
        status: 200,
        description: 'The events.',
        schema: pageOf(
          z
            .object({
              id: z.int(),
              type: z.enum(eventTypes),
              at: time('When it happened.'),
              host: z.string(),
              path: z.string(),
              title: z.string(),
              account: z.object({ id: z.int(), name: z.string() }).nullable(),
            })
            .openapi('LatestEvent'),
        ),
        example: {
          data: [
            {
              id: 90_210,
              type: 'page',
              at: '2026-11-20T14:52:07.000Z',
              host: 'www.example.com',
              path: '/pricing',
              title: 'Pricing',
              account: { id: 7, name: 'Brightwater Energy' },
            },
          ],
          next: null,
        },
      },
      async handle(asked) {
        const site = await knownSite(asked, asked.path.id);
        const events = await asked.store.latestEvents(site.id, 10);
        const data = events.map(({ id, type, at, host, path, title, account }) => ({
          id,
          type,
          at: iso(at),
          host,
          path,
          title,
          account: account && { id: account.id, name: account.name },
        }));
        return { data, next: null };
      },
    }),
  ],
};
