/** The people of a company: a name, an e-mail, the browsers they use and the places they use them at. */
import { drawAddress } from './addresses.ts';
import { userAgent } from './agents.ts';
import type { DemoCompany } from './companies.ts';
import { drawNames } from './names.ts';
import { operatorAt } from './operators.ts';
import { createRandom, type Random } from './random.ts';
import type { Place } from './stories.ts';
import { zones } from './zones.ts';

/** One browser: what it sends with every request. */
export interface Browser {
  /** Tells browsers apart within a plan; the visitor id is made at the first visit. */
  label: string;
  userAgent: string;
  language: string;
  /** Left out: may keep nothing, so that it has no visitor id. */
  keepsNothing?: true;
}

export interface Person {
  /** Whom a form or a sign-in tells the site of. */
  email: string;
  /** The vendor's own id for this person, once signed in. */
  user: string;
  /** The same laptop goes home; the phone is another browser. */
  at: { [K in Place]: { browser: Browser; address: string } };
}

/** The n-th person of a company; the same one each time they are asked for. */
export function createPerson(seed: string, company: DemoCompany, number: number): Person {
  const label = `${company.domain}/${number}`;
  const random = createRandom(`${seed}/person/${label}`);
  // A site's NAT: all of a company's people leave through two or three addresses.
  const exits = createRandom(`${seed}/exits/${company.domain}`);
  const { language } = zones[company.zone];
  const names = drawNames(createRandom(`${seed}/names/${company.domain}`), language, number + 1);
  const email = `${names.at(-1)}@${company.domain}`;
  const home = drawAddress(random, random.pick(operatorAt('isp', company.zone).networks));
  const mobile = drawAddress(random, random.pick(operatorAt('mobile', company.zone).networks));
  const laptop: Browser = { label, userAgent: userAgent(random, 'desktop'), language };
  const phone: Browser = { label: `${label}/phone`, userAgent: userAgent(random, 'phone'), language };
  return {
    email,
    user: `u_${random.letters(8)}`,
    at: {
      work: { browser: laptop, address: exitOf(exits, company, number) ?? home },
      home: { browser: laptop, address: home },
      mobile: { browser: phone, address: mobile },
    },
  };
}

function exitOf(random: Random, company: DemoCompany, number: number): string | null {
  if (company.networks.length === 0) return null;
  const exits = Array.from({ length: 3 }, () => drawAddress(random, random.pick(company.networks)));
  return exits[number % exits.length] ?? null;
}
