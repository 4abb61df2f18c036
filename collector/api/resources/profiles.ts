/** Profiles of companies, taken in from CSV. */
import { z } from '@hono/zod-openapi';
import { maxProfileFileBytes, maxProfileRows, readProfiles } from '../../receive/profiles.ts';
import type { ProfileRow } from '../../store/store.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { count } from '../shapes.ts';

/** Rows in one transaction. */
const perBatch = 500;
const maxErrors = 100;

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
      description: `CSV with a first line that names the columns: name, domain, industry, size, country (two letters), owner; every other column becomes an attribute. Up to 20 MB and ${maxProfileRows.toLocaleString('en')} rows. The same again changes nothing.`,
      body: {
        type: 'text/csv',
        maxBytes: maxProfileFileBytes,
        schema: z.string().min(1, { error: 'is empty; its first line must name the columns' }),
        example: 'name,domain,industry,tier\nBrightwater Energy,brightwater.example,Energy,A\n',
      },
      answer: {
        status: 200,
        description: 'What became of the rows.',
        schema: z
          .object({
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
          read: 3,
          stored: 1,
          duplicates: 1,
          dropped: { bad_country: 1 },
          errors: [{ line: 4, says: '"GERMANY" is no country; write two letters, e.g. DE' }],
        },
      },
      async handle({ store, body, caller, now }) {
        const result = {
          read: 0,
          stored: 0,
          duplicates: 0,
          dropped: {} as Record<string, number>,
          errors: [] as { line: number; says: string }[],
        };
        let batch: ProfileRow[] = [];
        const flush = async () => {
          const outcomes = await store.importProfiles(batch, caller.by, now());
          for (const outcome of outcomes) result[outcome === 'stored' ? 'stored' : 'duplicates'] += 1;
          batch = [];
        };
        try {
          for await (const read of readProfiles([body])) {
            result.read += 1;
            if ('refused' in read) {
              result.dropped[read.refused] = (result.dropped[read.refused] ?? 0) + 1;
              if (result.errors.length < maxErrors) result.errors.push({ line: read.line, says: read.says });
              continue;
            }
            batch.push(read.row);
            if (batch.length >= perBatch) await flush();
          }
        } catch (error) {
          // Only a heading line that names no company is thrown before the first row.
          if (result.read > 0) throw error;
          throw new Problem('refused', error instanceof Error ? error.message : String(error));
        }
        if (batch.length > 0) await flush();
        const { read, stored } = result;
        await store.record(
          { who: caller.by, what: 'import', subject: 'company profiles', detail: { rows: read, stored } },
          now(),
        );
        return result;
      },
    }),
  ],
};
