/** What can be wrong with an installation, looked at one by one. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { reasonOf } from '../reveal/reason.ts';
import type { Store } from '../store/store.ts';
import { dayMs } from '../time.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnosisWords, likelyProxy, trustedWords } from './words.ts';

export interface Check {
  name: 'store' | 'writable' | 'company-data' | 'trusted-proxies' | 'addresses' | 'sites';
  /** `warning`: worth a look, and may be meant so. */
  state: 'ok' | 'warning' | 'wrong';
  /** What was found, in words. */
  says: string;
  /** What to do; empty where nothing is to do. */
  advice: string;
}

/** What the checks look at. */
export interface Subject {
  store: Pick<Store, 'health' | 'setSetting' | 'sites' | 'lastEventAt'>;
  dataDir: string;
  /** Files of company data with what is wrong with them, and sources that could not be fetched. */
  files: readonly { title: string; state: 'ready' | 'refused'; problem: string | null; kind: string }[];
  failures: readonly string[];
  trusted: readonly string[];
  /** @throws Error with the range that is none */
  parseTrusted(ranges: readonly string[]): unknown;
  diagnosis: Diagnosis | null;
  now: number;
}

/** A site that has been silent for so long has lost its tag, or its visitors. */
const silentDays = 7;

export async function runChecks(subject: Subject): Promise<Check[]> {
  return [
    await checkStore(subject),
    await checkWritable(subject),
    ...checkData(subject),
    checkTrusted(subject),
    checkAddresses(subject),
    ...(await checkSites(subject)),
  ];
}

const ok = (name: Check['name'], says: string): Check => ({ name, state: 'ok', says, advice: '' });

async function checkStore({ store }: Subject): Promise<Check> {
  const { engine, durability, events, schemaVersion } = await store.health();
  const says = `${engine}, schema ${schemaVersion}, ${events} events, ${durability}`;
  if (/synchronous=FULL/i.test(durability)) return ok('store', says);
  return {
    name: 'store',
    state: 'wrong',
    says,
    advice: 'an answered event may be lost with the power; report it',
  };
}

async function checkWritable({ store, dataDir, now }: Subject): Promise<Check> {
  try {
    await access(dataDir, constants.W_OK);
    await store.setSetting('doctor_wrote', String(now));
    return ok('writable', `the store and ${dataDir} can be written`);
  } catch (error) {
    const advice = `let the account that runs Footlight write to ${dataDir}, and look for room on the disk`;
    return { name: 'writable', state: 'wrong', says: reasonOf(error), advice };
  }
}

function checkData({ files, failures }: Subject): Check[] {
  const name = 'company-data';
  const found = files.map(({ title, state, problem }): Check => {
    if (problem === null) return ok(name, `${title} is in use`);
    const says = `${title}: ${problem}`;
    const isRefused = state === 'refused' || problem.includes('still using');
    return { name, state: isRefused ? 'wrong' : 'warning', says, advice: 'footlight data update' };
  });
  if (!files.some(({ kind, state }) => kind === 'database' && state === 'ready'))
    found.push({
      name,
      state: 'warning',
      says: 'no company database is in use: companies are named by rules and e-mails only',
      advice: 'footlight data update, or FOOTLIGHT_IP_DATABASES',
    });
  return [
    ...found,
    ...failures.map(
      (says): Check => ({ name, state: 'wrong', says, advice: 'footlight data update --help' }),
    ),
  ];
}

function checkTrusted({ trusted, parseTrusted }: Subject): Check {
  const name = 'trusted-proxies';
  try {
    parseTrusted(trusted);
  } catch (error) {
    const advice = 'correct FOOTLIGHT_TRUSTED_PROXIES';
    return { name, state: 'wrong', says: reasonOf(error), advice };
  }
  return ok(
    name,
    trusted.length === 0 ? 'nobody is trusted about addresses' : `trusted: ${trusted.join(', ')}`,
  );
}

function checkAddresses({ diagnosis, trusted }: Subject): Check {
  if (diagnosis === null) return ok('addresses', 'nothing speaks against the addresses of the latest visits');
  return {
    name: 'addresses',
    state: 'wrong',
    says: `${diagnosisWords(diagnosis)} (${diagnosis.prefixes.join(', ')}; most likely ${likelyProxy(diagnosis)})`,
    advice: `FOOTLIGHT_TRUSTED_PROXIES=${trustedWords(diagnosis, { trusted, peer: null })} and see /doctor in the dashboard for the proxy’s own lines`,
  };
}

async function checkSites({ store, now }: Subject): Promise<Check[]> {
  const name = 'sites';
  const sites = await store.sites();
  if (sites.length === 0)
    return [{ name, state: 'warning', says: 'there is no site', advice: 'footlight site add example.com' }];
  return Promise.all(
    sites.map(async ({ id, domain }): Promise<Check> => {
      const at = await store.lastEventAt(id);
      if (at === null)
        return {
          name,
          state: 'warning',
          says: `${domain}: no event yet`,
          advice: 'put the tag into its pages',
        };
      const says = `${domain}: last event ${new Date(at).toISOString()}`;
      if (now - at <= silentDays * dayMs) return ok(name, says);
      return { name, state: 'warning', says, advice: 'look whether the tag is still in its pages' };
    }),
  );
}
