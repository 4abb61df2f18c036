/**
 * Holds what was kept, event by event and decision by decision, to what is made anew of them: a year of made-up visits
 * that come late, twice and mixed up, of people who say who they are, with an owner who changes their mind.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRandom, type Random } from '../../collector/demo/random.ts';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import { DecisionRefused, type NewDecision, type Store } from '../../collector/store/store.ts';
import { companyVerdict, type DraftWish, day, draft, ispVerdict, minute, monday } from '../support/drafts.ts';

const perBatch = 500;
const visitors = 40_000;
const addresses = 6_000;
const companies = 400;
const people = 3_000;
/** Events that wait to be sent: how far one can be behind those after it. */
const maxWaiting = 3_000;
const owner = 'kim@lumen.example';

export interface RebuildResult {
  /** Sent, and of these stored; the others came twice. */
  events: number;
  stored: number;
  /** In force at the end, or undone. */
  decisions: number;
  /** Visits that decisions moved. */
  moved: number;
  seconds: number;
  rebuildSeconds: number;
  /** Rows that differ between what was kept and what was made anew, and after `rebuild` once more. */
  differences: number;
}

export async function benchRebuild(events: number, seed = 'rebuild'): Promise<RebuildResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-rebuild-'));
  const { store } = await openSqliteStore({ path: path.join(folder, 'footlight.db') });
  try {
    await store.addSite('lumen.example', [], monday);
    await store.addSite('other.example', [], monday);
    const start = performance.now();
    const told = await takeIn(store, events, createRandom(seed));
    const seconds = (performance.now() - start) / 1000;
    const differences = await store.verify();
    const before = performance.now();
    await store.rebuild();
    const rebuildSeconds = (performance.now() - before) / 1000;
    const again = await store.verify();
    for (const one of [...differences, ...again].slice(0, 5))
      process.stderr.write(`${JSON.stringify(one)}\n`);
    return { events, ...told, seconds, rebuildSeconds, differences: differences.length + again.length };
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function takeIn(store: Store, events: number, random: Random) {
  const waiting: DraftWish[] = [];
  let [stored, decisions, moved, began] = [0, 0, 0, 0];
  let sent: DraftWish[] = [];
  for (let number = 0; number < events; number += perBatch) {
    while (waiting.length < maxWaiting) {
      began += 1;
      waiting.push(...visit(random, began, monday + Math.floor((number / events) * 365 * day)));
    }
    const batch = Array.from({ length: Math.min(perBatch, events - number) }, () =>
      random.chance(0.03) && sent.length > 0 ? random.pick(sent) : takeOne(waiting, random),
    );
    sent = batch;
    stored += (await store.append(batch.map((wish) => draft(wish)))).filter((one) => one === 'stored').length;
    // An owner looks after it twice a day; somebody who tries things out, at once.
    const times = random.chance(0.2) ? random.between(1, 2) : 0;
    for (let time = 0; time < times; time += 1) {
      const made = await decide(store, random, monday + Math.floor((number / events) * 365 * day));
      if (made === null) continue;
      decisions += 1;
      moved += made;
    }
  }
  return { stored, decisions, moved };
}

/** Mostly the one that has waited longest; now and then any. */
function takeOne(waiting: DraftWish[], random: Random): DraftWish {
  const place = random.chance(0.9) ? 0 : random.between(0, waiting.length - 1);
  const [wish] = waiting.splice(place, 1);
  if (wish === undefined) throw new Error('there is no event left to send');
  return wish;
}

const verdicts = new Map(
  Array.from({ length: companies }, (_, number) => [number, companyVerdict(`Company ${number}`)]),
);

/** One visit's events in order, from the network and the browser that it was made with. */
function visit(random: Random, number: number, from: number): DraftWish[] {
  const visitor = Math.floor(visitors * random.next() ** 2);
  // At home or in the office; the address of a browser says which company, if any.
  const address = (visitor * 7 + (random.chance(0.3) ? 1 : 0)) % addresses;
  const base: DraftWish = {
    site: (visitor % 10) + 1 === 10 ? 2 : 1,
    visitor: `m3x9k2p0${String(visitor).padStart(10, '0')}`,
    address,
    prefix: `203.0.${address % 200}.0/24`,
    asNumber: 64_500 + (address % 50),
    verdict: address % 3 === 0 ? (verdicts.get(address % companies) ?? ispVerdict) : ispVerdict,
    ...(random.chance(0.2) && { via: 'server', isKeyOfSite: true }),
  };
  // A tenth of all visits are told a month late.
  let at = from + random.between(0, day) - (random.chance(0.1) ? random.between(0, 30) * day : 0);
  return Array.from({ length: random.between(1, 9) }, (_, step) => {
    at += random.chance(0.05) ? random.between(20, 40) * minute : random.between(0, 3 * minute);
    return { ...base, key: `event-${number}-${step}`, at, ...deed(random, visitor) };
  });
}

const deeds = {
  page: 10,
  leave: 7,
  track: 3,
  submit: 1,
  start: 1,
  abandon: 1,
  link: 1,
  email: 0.4,
  user: 0.4,
};

function deed(random: Random, visitor: number): DraftWish {
  const what = random.weighted(deeds);
  const path = `/section-${random.between(0, 20)}/page-${random.between(0, 99)}`;
  const person = (visitor + random.between(0, 1) * 11) % people;
  switch (what) {
    case 'leave':
      return { type: 'leave', path, detail: { leave: { seconds: random.between(0, 300), scroll: 50 } } };
    case 'track':
      return {
        type: 'track',
        path,
        detail: { track: { name: `Event ${random.between(0, 200)}`, props: {} } },
      };
    case 'submit':
    case 'start':
    case 'abandon': {
      const form = { step: what, name: `form-${random.between(0, 9)}`, id: '', action: '/send' };
      return { type: 'form', path, detail: { form } };
    }
    case 'link':
      return { type: 'link', path, detail: { link: { kind: 'outbound', target: 'https://example.com/' } } };
    case 'email':
      return { path, email: emailOf(person), ...(random.chance(0.5) && { user: `user-${person}` }) };
    case 'user':
      return {
        type: 'identify',
        path,
        detail: { identify: { user: `user-${person}`, email: null, traits: {} } },
      };
    default:
      return { path, arrival: random.chance(0.3) ? { campaign: `campaign-${visitor % 60}` } : null };
  }
}

function emailOf(person: number): string {
  return person % 4 === 0
    ? `person-${person}@gmail.com`
    : `person-${person}@company-${person % companies}.example`;
}

/** @returns visits that it moved; null where it made no sense */
async function decide(store: Store, random: Random, now: number): Promise<number | null> {
  try {
    const made = random.chance(0.3)
      ? await store.undo(random.between(1, 400), owner, now)
      : await store.decide({ note: '', ...decision(random) }, owner, now);
    return made.moved.visits;
  } catch (error) {
    if (error instanceof DecisionRefused) return null;
    throw error;
  }
}

/** As `Omit`, for each member of a union. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

function decision(random: Random): Without<NewDecision, 'note'> {
  const accountId = random.between(1, companies);
  const address = random.between(0, addresses - 1);
  const kind = random.pick([
    'network',
    'merge',
    'split',
    'never',
    'own',
    'forget',
    'alias',
    'parent',
  ] as const);
  switch (kind) {
    case 'network': {
      const company = { name: `Company ${accountId}`, domain: `company-${accountId}.example` };
      const says = random.pick([company, 'never', 'own'] as const);
      const match = random.pick([
        `203.0.${address % 200}.0/24`,
        `AS${64_500 + (address % 50)}`,
        'an address',
      ]);
      const addressKey = match === 'an address' ? address : null;
      return { kind, match, addressKey, says, accountId: null };
    }
    case 'merge':
    case 'parent':
      return { kind, accountId, targetId: random.between(1, companies) };
    case 'forget':
      return { kind, addressKey: address, match: 'an address' };
    case 'alias':
      return { kind, accountId, domain: `company-${random.between(0, companies - 1)}.example` };
    default:
      return { kind, accountId };
  }
}
