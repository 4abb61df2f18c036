/** What is to be said of a segment's text, below it: the mistake and its place, or what may not be as its writer thinks. */
import type { ReadSegment } from '../../collector/segment/index.ts';
import type { Problem } from '../../collector/segment/problem.ts';
import { Icon } from './icon.tsx';

/** Characters shown before and behind the place of a mistake. */
const around = 32;

/** The place of a mistake, with a mark below each of its characters. */
function Pointer({ text, problem }: { text: string; problem: Problem }) {
  // In one line, so that the marks stand where they belong.
  const flat = text.replace(/\s/g, ' ');
  const from = Math.max(0, problem.offset - around);
  const to = Math.min(flat.length, problem.offset + Math.max(1, problem.length) + around);
  const start = from > 0 ? '…' : '';
  const marks = '^'.repeat(Math.min(Math.max(1, problem.length), to - problem.offset || 1));
  const shown = `${start}${flat.slice(from, to)}${to < flat.length ? '…' : ''}`;
  return (
    <pre class="pointer" aria-hidden="true">
      {`${shown}\n${' '.repeat(start.length + problem.offset - from)}${marks}`}
    </pre>
  );
}

export function SegmentMessages({ text, read }: { text: string; read: ReadSegment | null }) {
  if (read === null) return null;
  const { problem } = read;
  if (problem !== null) {
    return (
      <div class="segment-problem">
        <Pointer text={text} problem={problem} />
        <p class="field-error">
          <span class="hidden">At character {problem.offset + 1}: </span>
          {problem.says}
        </p>
      </div>
    );
  }
  return (
    <>
      {read.notes.map((note) => (
        <p class="segment-note">
          <Icon name="warning" />
          <span>{note.says}</span>
        </p>
      ))}
    </>
  );
}
