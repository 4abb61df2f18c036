/** A file as programs send it to be taken in: its text, what its columns are, and how its values are read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from '@hono/zod-openapi';
import { touchpointKinds } from '../draft.ts';
import { missingOf, sampleOf } from '../receive/import/check.ts';
import { guessMapping, withChoices } from '../receive/import/mapping.ts';
import { isTimeZone } from '../receive/import/moment.ts';
import type { Refused } from '../receive/import/refusals.ts';
import type { Settings, Subject } from '../receive/import/subject.ts';
import { subjects } from '../receive/import/subjects.ts';
import { openTable } from '../receive/import/table.ts';
import { maxUploadBytes } from '../receive/import/uploads.ts';
import { importKinds } from '../store/imports.ts';
import { keptFileName, maxChoiceLength, maxFileNameLength } from '../typed/import-choices.ts';
import { Problem } from './problem.ts';

/** The text with its line ends and quotes as JSON writes them. */
export const maxFileBytes = Math.round(maxUploadBytes * 1.2);

export const fileIn = z
  .strictObject({
    kind: z.enum(importKinds).openapi({
      description:
        '`touchpoints`: calls, meetings, tickets, payments; `contacts`: people; `profiles`: companies.',
    }),
    content: z.string().min(1).openapi({
      description: 'The text of the file: CSV with a line that names the columns, or JSON lines.',
    }),
    fileName: z
      .string()
      .max(maxFileNameLength)
      .default('')
      .openapi({ description: 'As the log of imports calls it.' }),
    columns: z.record(z.string().max(200), z.string().max(60)).default({}).openapi({
      description:
        'Field by column, `attribute` to keep one under its own name, or `skip`; what is left out is guessed by its heading.',
    }),
    timeZone: z
      .string()
      .max(maxChoiceLength)
      .refine(isTimeZone, { error: 'is no time zone; name one like Europe/Berlin' })
      .default('UTC')
      .openapi({ description: 'Of times that say none themselves: an IANA name.' }),
    order: z
      .enum(['dmy', 'mdy'])
      .nullable()
      .default(null)
      .openapi({ description: 'Of days and months, where a date can be read in two ways.' }),
    touchpointKind: z
      .enum(touchpointKinds)
      .nullable()
      .default(null)
      .openapi({ description: 'What touchpoints are where no column says so.' }),
    source: z
      .string()
      .trim()
      .max(maxChoiceLength)
      .default('')
      .openapi({ description: 'The tool that touchpoints are from, where no column says so.' }),
    site: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .openapi({ description: 'The site that touchpoints belong to; null: the first one.' }),
  })
  .openapi('ImportFile');

export const fileExample: z.input<typeof fileIn> = {
  kind: 'touchpoints',
  content: 'Date,Subject,E-mail,Type\n2026-11-12 10:00,Intro call,kim@brightwater.example,call\n',
  fileName: 'calls.csv',
  columns: { Subject: 'title' },
  timeZone: 'Europe/Berlin',
};

export type SentFile = z.output<typeof fileIn>;

/** A file that is understood, on the disk until `remove`. */
export type OpenedFile = Awaited<ReturnType<typeof openFile>>;

/**
 * Puts the text on the disk and reads what its columns are.
 * @throws Problem that says what is wrong with the file or the choices, with nothing left behind
 */
export async function openFile(sent: SentFile) {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-import-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const fileName = keptFileName(sent.fileName);
    const file = path.join(folder, 'file');
    await writeFile(file, sent.content, { mode: 0o600 });
    const settings: Settings = {
      timeZone: sent.timeZone,
      order: sent.order,
      kind: sent.touchpointKind ?? '',
      source: sent.source,
      encoding: 'utf-8',
    };
    const table = await openTable(file, settings.encoding);
    const samples = await sampleOf(table);
    const subject = subjects[sent.kind] as Subject<unknown>;
    const guessed = guessMapping(subject, table.columns, samples.of);
    const mapping = withChoices(subject, guessed, Object.entries(sent.columns));
    const missing = missingOf(subject, mapping, settings);
    return { kind: sent.kind, fileName, subject, table, samples, mapping, settings, missing, remove };
  } catch (error) {
    await remove();
    throw new Problem('refused', error instanceof Error ? error.message : String(error));
  }
}

export const refusedShape = z
  .object({
    line: z.int(),
    reason: z.string(),
    column: z.string().nullable().openapi({ description: 'Null: the row as a whole.' }),
    says: z.string().openapi({ description: 'With the value, and what to do.' }),
  })
  .openapi('RefusedRow');
export const refusedExample: z.input<typeof refusedShape> = {
  line: 4,
  reason: 'bad_date',
  column: 'Date',
  says: '"yesterday" is no date',
};
export const refusedTold = ({ line, refused, column, says }: Refused) => ({
  line,
  reason: refused,
  column,
  says,
});
