/** Everybody else: access providers' customers, phones, VPNs, machines in data centres, and crawlers. */
import { drawAddress } from './addresses.ts';
import { type Device, userAgent } from './agents.ts';
import { type ArrivalMix, arrive } from './arrivals.ts';
import { always, type Calendar, leisure, office, type Rhythm } from './calendar.ts';
import { type Operator, type OperatorKind, operators } from './operators.ts';
import type { Browser } from './people.ts';
import { createRandom, type Random } from './random.ts';
import type { Visit } from './visit.ts';
import { drawSteps, type WalkName } from './walks.ts';
import { zones } from './zones.ts';

interface Habit {
  rhythm: Rhythm;
  /** Share of phones. */
  phones: number;
  walks: Readonly<Partial<Record<WalkName, number>>>;
}

const passerBy: ArrivalMix = {
  search: 10,
  direct: 4,
  linkedin: 2,
  assistant: 1,
  'google-ads': 1,
  referral: 1,
};

const atHome: Habit = {
  rhythm: leisure,
  phones: 0.4,
  walks: { bounce: 44, read: 18, browse: 18, job: 5, check: 4, evaluate: 6, work: 5 },
};

const atWork: Habit = { rhythm: office, phones: 0.1, walks: { bounce: 4, read: 3, browse: 2, evaluate: 1 } };

const habits: { [K in OperatorKind]: Habit } = {
  isp: atHome,
  vpn: atHome,
  mobile: { ...atHome, phones: 0.95, walks: { bounce: 6, read: 3, browse: 2 } },
  hosting: { rhythm: always, phones: 0, walks: { bounce: 9, check: 1 } },
  education: { ...atWork, walks: { read: 4, bounce: 3, job: 2 } },
  government: atWork,
  handle: atWork,
};

/** Days as `planTraffic` counts them: the midnight, UTC, of the first and of the last. */
export interface Span {
  firstDay: number;
  lastDay: number;
}

/** Visits of people whom no company data can name; most come once. */
export function strangers(seed: string, calendar: Calendar, span: Span, count: number): Visit[] {
  const visits: Visit[] = [];
  for (let number = 0; visits.length < count; number += 1) {
    const random = createRandom(`${seed}/stranger/${number}`);
    const operator = drawOperator(random);
    const habit = habits[operator.kind];
    const device: Device = random.chance(habit.phones) ? 'phone' : 'desktop';
    const browser: Browser = {
      label: `stranger/${number}`,
      userAgent: userAgent(random, device),
      language: zones[operator.zone].language,
      // Browsers with Global Privacy Control on.
      ...(random.chance(0.04) ? { keepsNothing: true as const } : {}),
    };
    let address = drawAddress(random, random.pick(operator.networks));
    const times = random.chance(0.76) ? 1 : random.between(2, 6);
    for (let time = 0; time < times; time += 1) {
      // Providers give a new address now and then.
      if (random.chance(0.15)) address = drawAddress(random, random.pick(operator.networks));
      const at = calendar.moment(random, operator.zone, habit.rhythm, span.firstDay, span.lastDay);
      const arrival = arrive(random, time === 0 ? passerBy : { direct: 3, search: 2 }, at);
      const steps = drawSteps(random, habit.walks);
      visits.push({ at, address, browser, arrival, steps, email: null, user: null });
    }
  }
  return visits;
}

/** Crawlers that run scripts: they send events like anybody, and the collector refuses them by their agent. */
export function crawlers(seed: string, calendar: Calendar, span: Span, count: number): Visit[] {
  const random = createRandom(`${seed}/crawlers`);
  const hosts = operators.filter(({ kind }) => kind === 'hosting');
  return Array.from({ length: count }, (_, number) => {
    const host = random.pick(hosts);
    const browser: Browser = {
      label: `crawler/${number}`,
      userAgent: userAgent(random, 'crawler'),
      language: '',
      keepsNothing: true,
    };
    return {
      at: calendar.moment(random, host.zone, always, span.firstDay, span.lastDay),
      address: drawAddress(random, random.pick(host.networks)),
      browser,
      arrival: { referrer: '', search: '' },
      steps: drawSteps(random, { bounce: 1 }),
      email: null,
      user: null,
    };
  });
}

function drawOperator(random: Random): Operator {
  const weights = Object.fromEntries(operators.map(({ weight }, index) => [index, weight]));
  const drawn = operators[Number(random.weighted(weights))];
  if (drawn === undefined) throw new Error('the list of demo operators is empty');
  return drawn;
}
