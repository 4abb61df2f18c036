/** Keeps an eye on the addresses that visits come from, and says whose visits make no accounts meanwhile. */
import { z } from 'zod';
import type { Network } from '../draft.ts';
import { lineOf } from '../reveal/address.ts';
import type { Store } from '../store/store.ts';
import { type Diagnosis, diagnose, isPrivatePrefix, serviceOf, visitsAt } from './diagnosis.ts';

export interface DoctorOptions {
  store: Pick<Store, 'recentVisits' | 'setting' | 'setSetting'>;
  now: () => number;
  /** Key of an address as it is stored with its visits. */
  addressKey: (line: string) => number;
  /** This machine's own addresses. */
  ownAddresses: readonly string[];
  /** Proxies named by the owner, as they were given. */
  trusted: readonly string[];
  port: number;
}

/** What the owner called right, and when. */
export interface Dismissal {
  subject: string;
  /** In words, as it was then. */
  is: string;
  at: number;
}

export interface Doctor {
  /** What the last look found; looks anew where that was some seconds ago. */
  diagnosis(): Promise<Diagnosis | null>;
  /** Looks at the latest visits now. */
  look(): Promise<Diagnosis | null>;
  /** True if visits from there must not make accounts now. Told of in the verdict, so that a rebuild finds it again. */
  isSuspect(network: Pick<Network, 'addressKey' | 'prefix' | 'verdict'>): boolean;
  /** True for an address that the diagnosis is about. */
  isMeant(address: string): boolean;
  dismissed(): Promise<Dismissal[]>;
  /** The owner says that it is right as it is. */
  dismiss(dismissal: Dismissal): Promise<void>;
  /** Takes that back. */
  watchAgain(subject: string): Promise<void>;
  trusted: readonly string[];
  port: number;
}

const settingName = 'doctor_dismissed';
const dismissals = z.array(z.object({ subject: z.string(), is: z.string(), at: z.number() }));
/** A page may show what was found so long ago. */
const freshMs = 15_000;

export function createDoctor(options: DoctorOptions): Doctor {
  const { store, now, addressKey, ownAddresses, trusted, port } = options;
  const ownKeys = new Set(ownAddresses.map((address) => addressKey(lineOf(address))));
  let current: Diagnosis | null = null;
  let keys: ReadonlySet<number> = new Set();
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<Diagnosis | null> {
    lookedAt = now();
    const visits = await store.recentVisits(visitsAt(lookedAt));
    const subjects = (await dismissed()).map(({ subject }) => subject);
    current = diagnose(visits, { ownKeys, dismissed: new Set(subjects) });
    keys = new Set(current?.addressKeys);
    return current;
  }

  async function dismissed(): Promise<Dismissal[]> {
    const text = await store.setting(settingName);
    return text === null ? [] : dismissals.parse(JSON.parse(text));
  }

  async function write(change: (kept: Dismissal[]) => Dismissal[]): Promise<void> {
    await store.setSetting(settingName, JSON.stringify(change(await dismissed())));
    await look();
  }

  return {
    diagnosis: async () => (Math.abs(now() - lookedAt) < freshMs ? current : look()),
    look,
    isSuspect({ addressKey: key, prefix, verdict }) {
      if (current === null) return false;
      if (keys.has(key)) return true;
      // Further addresses of the same sort, which had no visit yet.
      if (current.cause === 'private') return isPrivatePrefix(prefix);
      return current.service !== null && serviceOf(prefix, verdict.operator) === current.service;
    },
    isMeant: (address) => keys.has(addressKey(lineOf(address))),
    dismissed,
    dismiss: (dismissal) =>
      write((kept) => [...kept.filter(({ subject }) => subject !== dismissal.subject), dismissal]),
    watchAgain: (subject) => write((kept) => kept.filter((one) => one.subject !== subject)),
    trusted,
    port,
  };
}
