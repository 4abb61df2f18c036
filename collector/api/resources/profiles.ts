/** Profiles of companies, taken in from CSV. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from '@hono/zod-openapi';
import { sampleOf } from '../../receive/import/check.ts';
import { guessMapping } from '../../receive/import/mapping.ts';
import type { Settings } from '../../receive/import/subject.ts';
import { subjects } from '../../receive/import/subjects.ts';
import { openTable } from '../../receive/import/table.ts';
import { maxUploadBytes } from '../../receive/import/uploads.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { count } from '../shapes.ts';

const maxErrors = 100;

/** How the log of imports calls what has no name of its own. */
const fileName = 'profiles.csv';

const settings: Settings = { timeZone: 'UTC', order: null, kind: '', source: '', encoding: null };

export const profiles: Resource = {
  name: 'Profiles',
  says: 'What you know of companies beyond what any database says.',
  operations: [
    operation({
      id: 'import-profiles',
      method: 'post',
      path: '/profiles',
      needs: 'accounts:import',
      summary: 'Import profiles of companies',
      description: `CSV with a first line that names the columns: name, domain, industry, size, country (two letters), owner; every other column becomes an attribute. Up to 20 MB. The same again changes nothing, and the whole can be undone in the dashboard, under Imports.`,
      body: {
        type: 'text/csv',
        maxBytes: maxUploadBytes,
        schema: z.string().min(1, { error: 'is empty; its first line must name the columns' }),
        example: 'name,domain,industry,tier\nBrightwater Energy,brightwater.example,Energy,A\n',
      },
      answer: {
        status: 200,
        description: 'What became of the rows.',
        schema: z
          .object({
            import: z.int().openapi({ description: 'Its number in the log of imports.' }),
            read: count('Rows in the file.'),
            stored: count('Rows that said something new.'),
            duplicates: count('Rows that said what was known.'),
            dropped: z.record(z.string(), z.int()).openapi({ description: 'Rows left out, by reason.' }),
            errors: z
              .array(z.object({ line: z.int(), says: z.string() }))
              .openapi({ description: `The first ${maxErrors} rows that were left out, and why.` }),
          })
          .openapi('ImportResult'),
        example: {
          import: 7,
          read: 3,
          stored: 1,
          duplicates: 1,
          dropped: { bad_country: 1 },
          errors: [{ line: 4, says: '"GERMANY" is no country; write two letters, e.g. DE' }],
        },
      },
      async handle({ imports, body, caller }) {
        const errors: { line: number; says: string }[] = [];
        const folder = await mkdtemp(path.join(tmpdir(), 'footlight-import-'));
        try {
          const file = path.join(folder, fileName);
          await writeFile(file, body);
          const table = await openTable(file).catch(refuse);
          const samples = await sampleOf(table);
          const mapping = guessMapping(subjects.profiles, table.columns, samples.of);
          const { id, ended } = await imports
            .start({
              kind: 'profiles',
              fileName,
              table,
              mapping,
              settings,
              site: null,
              by: caller.by,
              onRefused: ({ line, says }) => {
                if (errors.length < maxErrors) errors.push({ line, says });
              },
            })
            .catch(refuse);
          const { read, stored, duplicates, dropped } = await ended;
          return { import: id, read, stored, duplicates, dropped, errors };
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
    }),
  ],
};

/** What is wrong with the whole file, before any row of it. */
function refuse(error: unknown): never {
  throw new Problem('refused', error instanceof Error ? error.message : String(error));
}
