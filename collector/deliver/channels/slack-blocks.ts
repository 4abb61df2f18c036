/** A letter in Slack's Block Kit, within its bounds; every text from outside is escaped. */
import type { Letter, LetterLine } from '../letter.ts';

/** Slack refuses a message with more; and one whose blocks are long together, at some 13,000 characters. */
const maxBlocks = 50;
const maxHeaderLength = 150;
const maxSectionLength = 3_000;
const maxWholeLength = 12_000;

export interface SlackMessage {
  /** What a notification shows, where blocks are not. */
  text: string;
  blocks: object[];
}

/** @see https://api.slack.com/reference/block-kit/blocks */
export function slackMessage(letter: Letter): SlackMessage {
  const head = [
    { type: 'header', text: { type: 'plain_text', text: cut(letter.subject, maxHeaderLength) } },
    section(escaped(letter.intro)),
  ];
  const foot = [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: { type: 'plain_text', text: cut(letter.action.text, 75) },
          url: letter.action.href,
        },
      ],
    },
  ];
  const room = maxBlocks - head.length - foot.length;
  const body: object[] = [];
  let length = JSON.stringify([head, foot]).length;
  let left = 0;
  for (const { title, lines, more } of letter.sections) {
    const blocks = [
      ...(title === '' ? [] : [section(`*${escaped(title)}*`)]),
      ...lines.map((line) => section(lineText(line))),
      ...(more === '' ? [] : [section(escaped(more))]),
    ];
    for (const block of blocks) {
      const size = JSON.stringify(block).length + 1;
      // One is kept for saying how much was left out.
      if (body.length >= room - 1 || length + size > maxWholeLength) left += 1;
      else {
        body.push(block);
        length += size;
      }
    }
  }
  if (left > 0) body.push(section(`${left} more lines in Footlight`));
  return { text: cut(escaped(letter.subject), maxSectionLength), blocks: [...head, ...body, ...foot] };
}

function lineText({ text, href, note }: LetterLine): string {
  // Together below a section's bound even where every sign has to be escaped: what is cut then would be markup.
  const name = cut(text, 100);
  const linked = href === null ? `*${escaped(name)}*` : `*<${href}|${escaped(name)}>*`;
  return note === '' ? linked : `${linked}\n${escaped(cut(note, 400))}`;
}

const section = (text: string) => ({
  type: 'section',
  text: { type: 'mrkdwn', text: cut(text, maxSectionLength) },
});

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** The three signs that mean something to Slack; all else is shown as it is, save that a vertical bar ends a link's name. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\|/g, '¦');
}
