import { beforeAll, describe, expect, it } from 'vitest';
import {
  maxDepth,
  maxEvents,
  maxTextLength,
  maxUrlLength,
  type WireEvent,
  wireVersion,
} from '../../tracker/wire.ts';
import { dayMs, hourMs } from './calendar.ts';
import { demoCompanies } from './companies.ts';
import { type PlannedRequest, planTraffic } from './traffic.ts';
import { vendorOrigin, vendorPages } from './vendor.ts';

const until = Date.UTC(2026, 6, 15, 14, 30);
let plan: PlannedRequest[];
let events: WireEvent[];

beforeAll(() => {
  plan = planTraffic('a seed', until, 'site-key');
  events = plan.flatMap(({ body }) => body.events);
});

/** Emails that were told, in order of the first time. */
const emailsOf = (list: readonly WireEvent[]): string[] => [
  ...new Set(list.flatMap((event) => (event.type === 'identify' ? [String(event.traits?.email)] : []))),
];

describe('the traffic of the demo', () => {
  it('is the same for the same seed, end and site', () => {
    expect(planTraffic('a seed', until, 'site-key')).toEqual(plan);
  });

  it('is another one for another seed', () => {
    const other = planTraffic('another seed', until, 'site-key');
    const ids = new Set(events.map(({ id }) => id));
    expect(other.length).toBeGreaterThan(10_000);
    expect(other.some(({ body }) => body.events.some(({ id }) => ids.has(id)))).toBe(false);
  });

  it('is in the order of its times, within ninety days, and still goes on at the end', () => {
    const times = plan.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(until - 90 * dayMs);
    expect(times[0]).toBeLessThan(until - 88 * dayMs);
    expect(times.at(-1)).toBeLessThanOrEqual(until);
    expect(times.at(-1)).toBeGreaterThan(until - 2 * hourMs);
  });

  it('is some eight thousand visits with more than twenty thousand events', () => {
    const lastOf = new Map<string, number>();
    let visits = 0;
    for (const { at, address, userAgent, body } of plan) {
      const visitor = body.visitor ?? `${address} ${userAgent}`;
      if (at - (lastOf.get(visitor) ?? 0) > 30 * 60_000) visits += 1;
      lastOf.set(visitor, at);
    }
    expect(visits).toBeGreaterThan(6_000);
    expect(visits).toBeLessThan(9_500);
    expect(events.length).toBeGreaterThan(20_000);
    expect(events.length).toBeLessThan(25_000);
  });

  it('keeps to the limits of the wire', () => {
    for (const { body } of plan) {
      expect(body.v).toBe(wireVersion);
      expect(body.site).toBe('site-key');
      expect(body.events.length).toBeGreaterThan(0);
      expect(body.events.length).toBeLessThanOrEqual(maxEvents);
      if (body.visitor !== undefined) expect(body.visitor).toMatch(/^[0-9a-z]{18}$/);
    }
    for (const event of events) {
      expect(event.id).toMatch(/^[0-9a-z]{18}$/);
      expect(event.url.length).toBeLessThanOrEqual(maxUrlLength);
      expect((event.title ?? '').length).toBeLessThanOrEqual(maxTextLength);
    }
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    expect(Math.max(...plan.map(({ body }) => depth(body)))).toBeLessThanOrEqual(maxDepth);
  });

  it('gives each event an id of its own', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('comes from documentation addresses only', () => {
    for (const { address } of plan)
      expect(address).toMatch(/^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/);
  });

  it('visits pages that the vendor has', () => {
    const paths = new Set<string>(
      Object.values(vendorPages).flatMap((pages) => pages.map(({ path }) => path)),
    );
    for (const { url } of events) {
      expect(url.startsWith(`${vendorOrigin}/`)).toBe(true);
      expect(paths).toContain(new URL(url).pathname);
    }
  });

  it('submits forms without anything that was typed into them', () => {
    const forms = events.filter(({ type }) => type === 'form');
    expect(forms.length).toBeGreaterThan(30);
    for (const form of forms) {
      const { ago: _, ...said } = form;
      expect(Object.keys(said).sort()).toEqual([
        'action',
        'form',
        'id',
        'name',
        'step',
        'title',
        'type',
        'url',
      ]);
      expect(JSON.stringify(form)).not.toContain('@');
    }
  });

  it('sends a form once in a visit', () => {
    const sentAt = new Map<string, number>();
    for (const { at, body } of plan) {
      for (const event of body.events) {
        if (event.type !== 'form') continue;
        const form = `${body.visitor} ${event.name}`;
        expect(at - (sentAt.get(form) ?? 0)).toBeGreaterThan(30 * 60_000);
        sentAt.set(form, at);
      }
    }
  });

  it('tells business e-mails of companies only', () => {
    const domains = new Set(demoCompanies.map(({ domain }) => domain));
    const emails = emailsOf(events);
    expect(emails.length).toBeGreaterThan(20);
    for (const email of emails) expect(domains).toContain(email.split('@')[1]);
  });

  it('gives no two browsers the same e-mail', () => {
    const visitorsOf = new Map<string, Set<string | undefined>>();
    for (const { body } of plan) {
      for (const email of emailsOf(body.events)) {
        visitorsOf.set(email, (visitorsOf.get(email) ?? new Set()).add(body.visitor));
      }
    }
    for (const [email, visitors] of visitorsOf) expect(visitors.size, email).toBe(1);
  });

  it('brings somebody who works from home and tells who they are', () => {
    const told = plan.filter(({ body }) =>
      emailsOf(body.events).some((email) => email.endsWith('@ottergrove.example')),
    );
    expect(told.length).toBeGreaterThan(0);
    for (const { address } of told) expect(address).not.toMatch(/^(198\.51\.100\.|203\.0\.113\.)/);
  });

  it('brings back a company that was quiet for fifty days', () => {
    const matterdal = plan.filter(({ address }) => /^198\.51\.100\.1(3[6-9]|4[0-3])$/.test(address));
    const gaps = matterdal.map(({ at }, index) => at - (matterdal[index - 1]?.at ?? at));
    expect(Math.max(...gaps)).toBeGreaterThan(45 * dayMs);
    expect(matterdal.at(-1)?.at).toBeGreaterThan(until - 14 * dayMs);
  });

  it('keeps a visitor’s id from the first visit to the last', () => {
    const oberwaldner = plan.filter(({ address }) => /^198\.51\.100\.7[2-9]$/.test(address));
    const spans = new Map<string, { first: number; last: number }>();
    for (const { at, body } of oberwaldner) {
      const visitor = body.visitor ?? 'none';
      spans.set(visitor, { first: spans.get(visitor)?.first ?? at, last: at });
    }
    expect(spans.size).toBeLessThan(8);
    const longest = Math.max(...[...spans.values()].map(({ first, last }) => last - first));
    expect(longest).toBeGreaterThan(60 * dayMs);
  });

  it('is quiet at companies on a weekend', () => {
    const isCompany = ({ address }: PlannedRequest): boolean => /^(198\.51\.100|203\.0\.113)\./.test(address);
    const isWeekend = ({ at }: PlannedRequest): boolean => [0, 6].includes(new Date(at).getUTCDay());
    const atCompanies = plan.filter(isCompany);
    expect(atCompanies.filter(isWeekend).length / atCompanies.length).toBeLessThan(0.1);
  });
});
