/** Files taken in: looked through, stored, followed, taken back. */
import { z } from '@hono/zod-openapi';
import { checkFile } from '../../receive/import/check.ts';
import { type RowRefusal, rowRefusals } from '../../receive/import/refusals.ts';
import { type Import, ImportRefused, importKinds } from '../../store/imports.ts';
import type { Site } from '../../store/store.ts';
import { importStateOf, importStates } from '../../typed/import-choices.ts';
import {
  fileExample,
  fileIn,
  maxFileBytes,
  openFile,
  refusedExample,
  refusedShape,
  refusedTold,
} from '../import-file.ts';
import { type Asked, operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  accountName,
  byId,
  count,
  countedPageOf,
  iso,
  isoOrNull,
  knownSite,
  nextOffset,
  paging,
  time,
} from '../shapes.ts';

const shownAccounts = 50;
/** An import that is over by then is answered as such. */
const promptMs = 1_500;

const shape = z
  .object({
    id: z.int(),
    kind: z.enum(importKinds),
    state: z.enum(importStates).openapi({ description: '`stopped`: before its end; `problem` says why.' }),
    fileName: z.string(),
    sha256: z.string().nullable().openapi({ description: 'Of the file, once it was read to its end.' }),
    siteId: z.int().nullable(),
    read: count('Rows read so far.'),
    stored: count('Rows that said something new.'),
    duplicates: count('Rows that said what was known.'),
    dropped: z.record(z.string(), z.int()).openapi({ description: 'Rows left out, by reason.' }),
    by: z.string(),
    at: time('When it began.'),
    endedAt: z.iso.datetime().nullable(),
    problem: z.string().nullable(),
    undoneBy: z.string().nullable(),
    undoneAt: z.iso.datetime().nullable(),
  })
  .openapi('Import');
const example: z.input<typeof shape> = {
  id: 7,
  kind: 'touchpoints',
  state: 'done',
  fileName: 'calls.csv',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  siteId: 1,
  read: 120,
  stored: 118,
  duplicates: 1,
  dropped: { bad_date: 1 },
  by: 'key crm',
  at: '2026-11-20T15:04:30.000Z',
  endedAt: '2026-11-20T15:04:31.000Z',
  problem: null,
  undoneBy: null,
  undoneAt: null,
};

const told = (one: Import, now: number): z.input<typeof shape> => ({
  id: one.id,
  kind: one.kind,
  state: importStateOf(one, now),
  fileName: one.fileName,
  sha256: one.sha256,
  siteId: one.siteId,
  read: one.read,
  stored: one.stored,
  duplicates: one.duplicates,
  dropped: { ...one.dropped },
  by: one.by,
  at: iso(one.at),
  endedAt: isoOrNull(one.endedAt),
  problem: one.problem,
  undoneBy: one.undoneBy,
  undoneAt: isoOrNull(one.undoneAt),
});

async function found(
  { store }: Pick<Asked<unknown, unknown, unknown>, 'store'>,
  id: number,
): Promise<Import> {
  const one = await store.import(id);
  if (one === null)
    throw new Problem('not-found', `there is no import ${id}; GET /api/v1/imports lists them`);
  return one;
}

const body = {
  type: 'application/json',
  maxBytes: maxFileBytes,
  schema: fileIn,
  example: fileExample,
} as const;

export const imports: Resource = {
  name: 'Imports',
  says: 'Files of calls, meetings, payments, of people, and of companies.',
  operations: [
    operation({
      id: 'list-imports',
      method: 'get',
      path: '/imports',
      needs: 'accounts:import',
      summary: 'List the imports',
      description: 'The newest first, those that were taken back too.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of imports.',
        schema: countedPageOf(shape),
        example: { data: [example], next: null, total: 1 },
      },
      async handle({ store, query, cursors, now }) {
        const [offset = 0] = query.cursor === undefined ? [] : cursors.read('imports', query.cursor);
        const { rows, total } = await store.imports({ offset, limit: query.limit });
        const next = nextOffset(offset, rows.length, total);
        return {
          data: rows.map((one) => told(one, now())),
          next: next === null ? null : cursors.make('imports', [next]),
          total,
        };
      },
    }),
    operation({
      id: 'check-import',
      method: 'post',
      path: '/imports/check',
      needs: 'accounts:import',
      summary: 'Look a file through before it is taken in',
      description:
        'What its columns are taken for, how many rows would be stored, and what is wrong with the others. Nothing is stored. Up to 20 MB.',
      body,
      answer: {
        status: 200,
        description: 'What is in it.',
        schema: z
          .object({
            missing: z.string().nullable().openapi({
              description: 'What is missing before any row can be stored; then no row was looked at.',
            }),
            columns: z.array(
              z.object({
                column: z.string(),
                field: z.string().openapi({ description: 'What it is taken for.' }),
                wrong: count('Values that are none of their kind.'),
                samples: z.array(z.string()).openapi({ description: 'The first values.' }),
              }),
            ),
            fields: z
              .array(z.object({ name: z.string(), label: z.string() }))
              .openapi({ description: 'What a column may be taken for.' }),
            read: count('Rows in the file.'),
            good: count('Rows that can be taken in.'),
            dropped: z.record(z.string(), z.int()).openapi({ description: 'The others, by reason.' }),
            rows: z
              .array(z.record(z.string(), z.unknown()))
              .openapi({ description: 'The first rows as they would be stored.' }),
            refused: z.array(refusedShape).openapi({ description: 'The first hundred of the others.' }),
          })
          .openapi('ImportCheck'),
        example: {
          missing: null,
          columns: [{ column: 'Date', field: 'at', wrong: 1, samples: ['2026-11-12 10:00'] }],
          fields: [{ name: 'at', label: 'Date, or date and time' }],
          read: 120,
          good: 119,
          dropped: { bad_date: 1 },
          rows: [],
          refused: [refusedExample],
        },
      },
      async handle(asked) {
        const file = await openFile(asked.body);
        try {
          const { subject, table, samples, mapping, settings, missing } = file;
          const checked =
            missing === null ? await checkFile(subject, table, { mapping, settings, now: asked.now }) : null;
          return {
            missing,
            columns: [...mapping].map(([column, field]) => ({
              column,
              field,
              wrong: checked?.wrongIn.get(column) ?? 0,
              samples: samples.of(column).slice(0, 3),
            })),
            fields: subject.fields.map(({ name, label }) => ({ name, label })),
            read: checked?.read ?? 0,
            good: checked?.good ?? 0,
            dropped: { ...checked?.refused } as Record<string, number>,
            rows: (checked?.rows ?? []) as Record<string, unknown>[],
            refused: (checked?.mistakes ?? []).map(refusedTold),
          };
        } catch (error) {
          throw new Problem('refused', error instanceof Error ? error.message : String(error));
        } finally {
          await file.remove();
        }
      },
    }),
    operation({
      id: 'start-import',
      method: 'post',
      path: '/imports',
      needs: 'accounts:import',
      summary: 'Take a file in',
      description:
        'It goes on after this answers; `GET /imports/{id}` says how far it is. The same file again stores nothing new, so a call that broke off can be made again. Up to 20 MB.',
      body,
      answer: {
        status: 202,
        description: 'The import as it is now.',
        schema: shape,
        example: { ...example, state: 'running', sha256: null, endedAt: null },
      },
      async handle(asked) {
        const { store, caller, now, body: sent } = asked;
        const site = await siteFor(asked, sent.site);
        const file = await openFile(sent);
        const { kind, fileName, table, mapping, settings } = file;
        const begun = await asked.imports
          .start({ kind, fileName, table, mapping, settings, site, by: caller.by })
          .catch(async (error: unknown) => {
            await file.remove();
            throw new Problem('refused', error instanceof Error ? error.message : String(error));
          });
        // Why it failed, the log of imports says.
        const over = begun.ended.catch(() => undefined).finally(file.remove);
        await Promise.race([over, new Promise((resolve) => setTimeout(resolve, promptMs).unref())]);
        return told(await found({ store }, begun.id), now());
      },
    }),
    operation({
      id: 'get-import',
      method: 'get',
      path: '/imports/{id}',
      needs: 'accounts:import',
      summary: 'See how far an import is, and what became of it',
      description: 'With the rows that were left out and the companies that it tells of.',
      params: byId('import'),
      answer: {
        status: 200,
        description: 'The import.',
        schema: z
          .object({
            ...shape.shape,
            reasons: z
              .array(z.object({ reason: z.string(), says: z.string(), rows: z.int() }))
              .openapi({ description: '`dropped`, in words.' }),
            refused: z.array(refusedShape).nullable().openapi({
              description:
                'The first hundred rows that were left out; null: they are not kept any more, `POST /imports/check` finds them again.',
            }),
            accounts: z.array(z.object({ ...accountName.shape, rows: z.int() })).openapi({
              description: `Companies that it tells of, those with the most rows; at most ${shownAccounts}.`,
            }),
          })
          .openapi('ImportDetail'),
        example: {
          ...example,
          reasons: [{ reason: 'bad_date', says: rowRefusals.bad_date, rows: 1 }],
          refused: [refusedExample],
          accounts: [{ id: 7, name: 'Brightwater Energy', domain: 'brightwater.example', rows: 12 }],
        },
      },
      async handle(asked) {
        const { store, path, now } = asked;
        const one = await found(asked, path.id);
        const state = importStateOf(one, now());
        const accounts = state === 'undone' ? [] : await store.importedAccounts(one.id, shownAccounts);
        return {
          ...told(one, now()),
          reasons: Object.entries(one.dropped).map(([reason, rows]) => ({
            reason,
            says: rowRefusals[reason as RowRefusal] ?? reason,
            rows,
          })),
          refused: asked.imports.refusedOf(one.id)?.map(refusedTold) ?? null,
          accounts: accounts.map(({ id, name, domain, rows }) => ({ id, name, domain, rows })),
        };
      },
    }),
    operation({
      id: 'undo-import',
      method: 'post',
      path: '/imports/{id}/undo',
      needs: 'accounts:import',
      summary: 'Take a whole import back',
      description:
        'As if the file had never been taken in; what another import told too stays. Of one that is under way, or was taken back before, it is refused.',
      params: byId('import'),
      answer: {
        status: 200,
        description: 'The import as it is now.',
        schema: shape,
        example: { ...example, state: 'undone', undoneBy: 'key crm', undoneAt: '2026-11-20T15:09:00.000Z' },
      },
      problems: ['refused'],
      async handle(asked) {
        const { store, path, caller, now } = asked;
        const one = await found(asked, path.id);
        try {
          return told(await store.undoImport(one.id, caller.by, now()), now());
        } catch (error) {
          if (error instanceof ImportRefused) throw new Problem('refused', error.message);
          throw error;
        }
      },
    }),
  ],
};

/** @throws Problem if there is no such site */
async function siteFor(asked: Asked<unknown, unknown, unknown>, id: number | null): Promise<Site | null> {
  return id === null ? ((await asked.store.sites())[0] ?? null) : knownSite(asked, id);
}
