/**
 * Host names of addresses, by reverse DNS: asked in the background, told to the next event of the address. The only
 * part of the room that talks to anybody, and only where the owner turned it on: the address goes to the DNS server
 * that this machine uses.
 */
import { Resolver } from 'node:dns/promises';
import { parseAddress } from './address.ts';
import { readHostName } from './host-name.ts';
import { reservedFor } from './reserved.ts';

/** What is needed of a DNS client; `node:dns` has it. */
export interface DnsClient {
  /** Host names by PTR records. @throws where there are none, or nobody answers */
  reverse(address: string): Promise<string[]>;
  resolve4(host: string): Promise<string[]>;
  resolve6(host: string): Promise<string[]>;
}

export interface ReverseDnsOptions {
  now: () => number;
  /** The system's by default. */
  client?: DnsClient;
  /** How long an address may take, both questions together. */
  timeoutMs?: number;
  /** Addresses asked for at once; others wait for their next event. */
  maxInFlight?: number;
  /** Names kept. */
  maxNames?: number;
}

export interface ReverseDns {
  /**
   * The forward-confirmed name of an address, as far as it is known now; null if not yet, if it has none, or if its
   * name is a provider's for whoever has the address today. Starts to ask where it is unknown. Never waits.
   */
  nameOf(address: string): string | null;
  /** Resolves when nothing is being asked; for tests and for closing. */
  idle(): Promise<void>;
}

const defaults = { timeoutMs: 2_000, maxInFlight: 16, maxNames: 20_000 };
const hourMs = 3_600_000;
/** Names last longer than their absence, and silence is soon asked again. */
const keepMs = { name: 24 * hourMs, none: 6 * hourMs, silence: hourMs / 6 };
/** More names on one address than this are a host's; the first few are tried. */
const maxTried = 3;

interface Known {
  name: string | null;
  until: number;
}

export function openReverseDns(options: ReverseDnsOptions): ReverseDns {
  const { now, timeoutMs, maxInFlight, maxNames } = { ...defaults, ...options };
  const client = options.client ?? new Resolver({ timeout: timeoutMs, tries: 1 });
  // In the order of their asking, so that the oldest is first to be forgotten.
  const names = new Map<string, Known>();
  const asking = new Map<string, Promise<void>>();

  function learn(address: string, name: string | null, forMs: number): void {
    names.delete(address);
    names.set(address, { name, until: now() + forMs });
    const oldest = names.size > maxNames ? names.keys().next().value : undefined;
    if (oldest !== undefined) names.delete(oldest);
  }

  async function ask(address: string): Promise<void> {
    const timer = new Timer(timeoutMs);
    try {
      const name = await Promise.race([confirmedName(client, address), timer.passed]);
      if (name === tooLate) learn(address, null, keepMs.silence);
      else learn(address, name, name === null ? keepMs.none : keepMs.name);
    } catch (error) {
      learn(address, null, isNoSuchName(error) ? keepMs.none : keepMs.silence);
    } finally {
      timer.stop();
      asking.delete(address);
    }
  }

  return {
    nameOf(text) {
      const address = parseAddress(text);
      if (address === null || reservedFor(address) !== null) return null;
      const key = address.text;
      const known = names.get(key);
      if (known !== undefined && known.until > now()) return known.name;
      if (!asking.has(key) && asking.size < maxInFlight) asking.set(key, ask(key));
      // An old name is better than none while it is asked for again.
      return known?.name ?? null;
    },
    async idle() {
      while (asking.size > 0) await Promise.all(asking.values());
    },
  };
}

/** The first name that leads back to the address and says something. */
async function confirmedName(client: DnsClient, address: string): Promise<string | null> {
  for (const name of (await client.reverse(address)).slice(0, maxTried)) {
    if (readHostName(name, null) === null) continue;
    const answer = address.includes(':') ? client.resolve6(name) : client.resolve4(name);
    // Anybody may call his address `vpn.bmw.de`; only BMW can make that name lead there.
    const leadsTo = await answer.catch((): string[] => []);
    if (leadsTo.some((one) => parseAddress(one)?.text === address)) return name.toLowerCase();
  }
  return null;
}

function isNoSuchName(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA')
  );
}

const tooLate = Symbol('too late');

class Timer {
  readonly passed: Promise<typeof tooLate>;
  #timeout: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.passed = new Promise((resolve) => {
      this.#timeout = setTimeout(() => resolve(tooLate), ms);
      this.#timeout.unref();
    });
  }

  stop(): void {
    clearTimeout(this.#timeout);
  }
}
