/** The door of the room: opens the owner's company databases and answers who is behind an address. */
import { remember } from '../remember.ts';
import { type Address, parseAddress } from './address.ts';
import { foundNothing } from './claim.ts';
import { openDatabases } from './databases.ts';
import type { AsFacts, Facts } from './facts.ts';
import { readHolder } from './holder.ts';
import { type Case, judge, unknownVerdict } from './judge.ts';
import { type NetworkFinding, readNetwork } from './network.ts';
import { sortLists } from './network-lists.ts';
import { sortRules } from './owner-rules.ts';
import { reservedFor } from './reserved.ts';
import type { Resolver } from './resolver.ts';
import type { Verdict } from './verdict.ts';

export interface RevealOptions {
  /** MaxMind-format files in order of trust. */
  databases: readonly string[];
  /** Files trusted less than those, used only where they are: what was fetched. */
  fetched?: readonly string[];
  log: (line: string, detail?: object) => void;
  /** For the age of the data; the real clock by default. */
  now?: () => number;
  /** Reads the files again when they are replaced on disk; by default it does. */
  watch?: boolean;
  /** How often to look whether they were. */
  pollMs?: number;
}

const defaultPollMs = 5_000;
/** Answers kept, in each of two generations: a day's visitors of a busy site. */
const maxAnswers = 8_000;
const maxNetworks = 16_000;
/** Longer than any address with a zone: is none, and not remembered. */
const maxLength = 64;

const noNetwork: NetworkFinding = { ...foundNothing, operator: null, isCompanyNetwork: false };

/**
 * Makes a resolver.
 * @returns also where no file can be used: rules and e-mail still work, and `databases()` says what is wrong
 * @example
 * const resolver = await openReveal({ databases: ['/data/asn.mmdb'], log: console.log });
 * resolver.resolve('160.46.226.100').company // { name: 'BMW', domain: 'bmw.de' }
 */
export async function openReveal(options: RevealOptions): Promise<Resolver> {
  const { log, now = Date.now, watch = true, pollMs = defaultPollMs } = options;
  let rules = sortRules([], log);
  let lists = sortLists([]);
  let sizes: ReadonlyMap<number, number> = new Map();
  let answers = rememberAnswers();
  const network = rememberNetworks();
  const { databases: paths, fetched: optional = [] } = options;
  const databases = await openDatabases({ paths, optional, log, now, onChange: forget });
  const timer = watch ? setInterval(() => void databases.refresh(), pollMs) : undefined;
  timer?.unref();

  function forget(): void {
    answers = rememberAnswers();
  }

  function rememberAnswers(): (text: string) => Answer {
    return remember(maxAnswers, (text) => {
      const address = parseAddress(text);
      return address === null ? noAnswer : answer(address);
    });
  }

  const answerTo = (text: string) => (text.length > maxLength ? noAnswer : answers(text));

  function answer(address: Address): Answer {
    const reserved = reservedFor(address);
    const facts = databases.facts(address);
    const asNumber = facts.as?.number ?? null;
    const rule = rules.find(address, asNumber);
    if (reserved !== null && (rule === null || rule.company === null))
      return { verdict: privateVerdict(reserved), found: null, country: null, asNumber: null };
    const found: Case = {
      facts,
      rule,
      listing: lists.find(address, asNumber),
      network: facts.as === null ? noNetwork : network(sized(facts.as)),
      holder: facts.holder === null ? foundNothing : readHolder(facts.holder, facts.hostDomain),
    };
    return { verdict: judge(found), found, country: facts.country, asNumber };
  }

  function sized(as: AsFacts): AsFacts {
    const size = as.size ?? sizes.get(as.number);
    return size === undefined || size === as.size ? as : { ...as, size };
  }

  return {
    resolve(address, context) {
      const { verdict, found } = answerTo(address);
      const isBare = context === undefined || (context.learned === null && context.reverseName === null);
      // What is remembered holds for everybody; a context is weighed for its visitor alone.
      return isBare || found === null ? verdict : judge(found, context);
    },
    country: (address) => answerTo(address).country,
    asNumber: (address) => answerTo(address).asNumber,
    setRules(list) {
      rules = sortRules(list, log);
      forget();
    },
    setLists(given) {
      lists = sortLists(given);
      forget();
    },
    setNetworkSizes(given) {
      sizes = given;
      forget();
    },
    system(text) {
      const address = parseAddress(text);
      const as = address === null ? null : databases.facts(address).as;
      return as === null ? null : { number: as.number, name: as.name };
    },
    databases: databases.status,
    refresh: databases.refresh,
    close: () => clearInterval(timer),
  };
}

interface Answer {
  verdict: Verdict;
  /** For weighing anew with a context; null where nothing could change the verdict. */
  found: Case | null;
  country: Facts['country'];
  asNumber: number | null;
}

const noAnswer: Answer = { verdict: unknownVerdict, found: null, country: null, asNumber: null };

/** Names are read once: reading one costs more than finding an address. */
function rememberNetworks(): (as: AsFacts) => NetworkFinding {
  const findings = new Map<string, NetworkFinding>();
  return (as) => {
    const key = `${as.number} ${as.domain ?? ''} ${as.type} ${as.dataOf ?? ''} ${as.size ?? ''} ${as.name}`;
    const known = findings.get(key);
    if (known !== undefined) return known;
    const finding = readNetwork(as);
    if (findings.size >= maxNetworks) findings.clear();
    findings.set(key, finding);
    return finding;
  };
}

function privateVerdict(is: string): Verdict {
  const says = `It is ${is}, which nobody has to himself on the internet`;
  return {
    ...unknownVerdict,
    kind: 'private',
    evidence: [{ source: 'blocker', says, confidence: 0, dataOf: null }],
  };
}
