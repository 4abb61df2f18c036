/** Made-up events of the types that are counted, and of some that are not, for tests that try everything in any order. */
import fc from 'fast-check';

const step = fc.constantFrom('start' as const, 'submit' as const, 'abandon' as const);
const seconds = fc.integer({ min: 0, max: 90 });

/** What a draft says beyond who and when; a type reads its own part of `detail` alone. */
export const someEvent = {
  type: fc.constantFrom(
    'page' as const,
    'page' as const,
    'form' as const,
    'leave' as const,
    'leave' as const,
    'track' as const,
    'link' as const,
  ),
  path: fc.constantFrom('/', '/pricing', '/Pricing'),
  detail: fc
    .record({ step, seconds, name: fc.constantFrom('Project Created', 'project_created', 'Paid') })
    .map(({ step, seconds, name }) => ({
      form: { step, name: 'contact', id: '', action: '/send' },
      leave: { seconds, scroll: 50 },
      track: { name, props: {} },
    })),
};
