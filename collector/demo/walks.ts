/** What somebody does on the vendor's site in one visit: pages in order, and what happens on them. */
import type { Random } from './random.ts';
import type { PageGroup, VendorForm } from './vendor.ts';

/**
 * A page group; `submit:` a form on that page; `track:` something the vendor counts. `submit:demo` and
 * `submit:contact` come with an e-mail if the walk's person has one.
 */
export type Step = PageGroup | `submit:${VendorForm}` | 'track:video' | 'track:calculator' | 'track:trial';

export type WalkName =
  | 'bounce'
  | 'read'
  | 'browse'
  | 'evaluate'
  | 'check'
  | 'download'
  | 'book'
  | 'ask'
  | 'start'
  | 'work'
  | 'build'
  | 'news'
  | 'job';

/** Some ways to do it; each visit takes one. */
const walks: { [K in WalkName]: readonly (readonly Step[])[] } = {
  bounce: [['blog'], ['blog'], ['home'], ['compare'], ['docs'], ['product']],
  read: [
    ['blog', 'blog'],
    ['blog', 'product', 'feature'],
    ['blog', 'blog', 'guide'],
    ['blog', 'home', 'product', 'track:video'],
    ['blog', 'case', 'blog'],
  ],
  browse: [
    ['home', 'product', 'feature'],
    ['home', 'product', 'track:video', 'case'],
    ['product', 'feature', 'feature', 'pricing'],
    ['home', 'case', 'pricing'],
    ['compare', 'product', 'integrations'],
  ],
  evaluate: [
    ['product', 'feature', 'pricing', 'track:calculator', 'case', 'feature'],
    ['pricing', 'track:calculator', 'feature', 'integrations', 'security'],
    ['home', 'product', 'track:video', 'pricing', 'case', 'docs'],
    ['case', 'pricing', 'security', 'docs', 'api'],
    ['compare', 'feature', 'pricing', 'case', 'integrations'],
    ['feature', 'feature', 'integrations', 'pricing'],
    ['pricing', 'case', 'case', 'about'],
    ['home', 'pricing', 'docs', 'security'],
    ['case', 'product', 'track:video', 'feature', 'pricing', 'track:calculator'],
  ],
  check: [
    ['security', 'docs'],
    ['security', 'pricing', 'contact'],
    ['api', 'docs', 'security'],
    ['integrations', 'api'],
    ['pricing'],
  ],
  download: [
    ['blog', 'guide', 'submit:guide'],
    ['guide', 'submit:guide', 'blog', 'product'],
  ],
  book: [
    ['pricing', 'track:calculator', 'case', 'demo', 'submit:demo'],
    ['home', 'product', 'pricing', 'demo', 'submit:demo'],
  ],
  ask: [
    ['pricing', 'contact', 'submit:contact'],
    ['integrations', 'api', 'contact', 'submit:contact'],
  ],
  start: [['pricing', 'docs', 'track:trial', 'docs', 'docs']],
  work: [
    ['docs', 'docs', 'docs'],
    ['docs', 'docs', 'docs', 'docs', 'api'],
    ['docs', 'api', 'docs'],
    ['docs', 'docs'],
    ['changelog', 'docs', 'docs'],
  ],
  build: [
    ['api', 'api'],
    ['api', 'integrations', 'api'],
    ['docs', 'api', 'changelog'],
  ],
  news: [['changelog'], ['blog'], ['blog', 'changelog'], ['changelog', 'feature']],
  job: [['careers'], ['home', 'careers'], ['careers', 'product']],
};

/** Draws what somebody does: one walk, and for some of those who stay longer another one after it. */
export function drawSteps(random: Random, mix: Readonly<Partial<Record<WalkName, number>>>): readonly Step[] {
  const draw = (): readonly Step[] => random.pick(walks[random.weighted(mix)]);
  const steps = draw();
  if (steps.length === 1 || isDecisive(steps) || !random.chance(0.4)) return steps;
  const more = draw();
  return more === steps ? steps : [...steps, ...more];
}

/** Nobody books a demo twice in one visit, or reads on for long after it. */
function isDecisive(steps: readonly Step[]): boolean {
  return steps.some((step) => step.startsWith('submit:') || step === 'track:trial');
}
