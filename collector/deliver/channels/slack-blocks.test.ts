import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Letter } from '../letter.ts';
import { slackMessage } from './slack-blocks.ts';

const anyText = fc.oneof(fc.string({ maxLength: 5_000 }), fc.constant('&<>|'.repeat(2_000)));
const line = fc.record({
  text: anyText,
  href: fc.constantFrom(null, 'https://footlight.example/accounts/1'),
  note: anyText,
});
const letter: fc.Arbitrary<Letter> = fc.record({
  subject: anyText,
  intro: anyText,
  sections: fc.array(fc.record({ title: anyText, lines: fc.array(line, { maxLength: 40 }), more: anyText }), {
    maxLength: 6,
  }),
  action: fc.constant({ text: 'See all', href: 'https://footlight.example/accounts' }),
});

test('whatever a message says, Slack takes it: its bounds are kept, and nothing in it is markup', () => {
  fc.assert(
    fc.property(letter, (any) => {
      const { text, blocks } = slackMessage(any);
      expect(text.length).toBeLessThanOrEqual(3_000);
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_200);
      for (const block of blocks as { type: string; text?: { type: string; text: string } }[]) {
        expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
        if (block.text?.type !== 'mrkdwn') continue;
        const bare = block.text.text.replaceAll(/<https:\/\/footlight\.example\/accounts\/1\|[^|<>]*>/g, '');
        expect(bare).not.toMatch(/[<>]/);
      }
    }),
    { numRuns: 200 },
  );
});
