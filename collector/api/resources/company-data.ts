/** Company data: where it can be fetched from, by whose choice, and what came of it. */
import { z } from '@hono/zod-openapi';
import type { SourceState } from '../../ip-data/index.ts';
import { type Schedule, schedules } from '../../ip-data/schedule.ts';
import { type SourceName, sourceNames, sources } from '../../ip-data/sources.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { iso, isoOrNull, pageOf } from '../shapes.ts';

const maxJsonBytes = 4 * 1_024;

const shape = z
  .object({
    source: z.enum(sourceNames),
    title: z.string(),
    says: z.string(),
    licence: z.string(),
    schedule: z.enum(schedules),
    missing: z.array(z.string()).openapi({ description: 'Settings without which it cannot be asked.' }),
    last: z
      .object({ at: z.iso.datetime(), problem: z.string().nullable() })
      .nullable()
      .openapi({ description: 'What came of the last time; null: it was never fetched.' }),
    nextAt: z.iso.datetime().nullable(),
    isRunning: z.boolean().openapi({ description: 'It is being fetched now.' }),
  })
  .openapi('DataSource');

const example: z.input<typeof shape> = {
  source: 'iptoasn',
  title: sources.iptoasn.title,
  says: sources.iptoasn.says,
  licence: sources.iptoasn.licence,
  schedule: 'monthly',
  missing: [],
  last: { at: '2026-11-01T03:00:00.000Z', problem: null },
  nextAt: '2026-12-01T03:00:00.000Z',
  isRunning: false,
};

const told = (state: SourceState, running: SourceName | null): z.input<typeof shape> => ({
  source: state.source,
  title: sources[state.source].title,
  says: sources[state.source].says,
  licence: sources[state.source].licence,
  schedule: state.schedule,
  missing: state.missing,
  last: state.last && { at: iso(state.last.at), problem: state.last.problem },
  nextAt: isoOrNull(state.nextAt),
  isRunning: state.source === running,
});

const bySource = z.strictObject({
  source: z.enum(sourceNames).openapi({ description: 'Which source.', example: 'iptoasn' }),
});

/** One of them as it is now. */
async function one(
  data: { sources(): Promise<SourceState[]>; running(): { source: SourceName } | null },
  source: SourceName,
): Promise<z.input<typeof shape>> {
  const found = (await data.sources()).find((state) => state.source === source);
  if (found === undefined) throw new Problem('not-found', `there is no source "${source}"`);
  return told(found, data.running()?.source ?? null);
}

export const companyData: Resource = {
  name: 'Company data',
  says: 'Where company data can be fetched from, by your choice, and what came of it.',
  operations: [
    operation({
      id: 'list-data-sources',
      method: 'get',
      path: '/company-data',
      needs: 'health:read',
      summary: 'List the sources of company data',
      description: 'All that can be fetched, chosen or not. What is loaded stands in the server’s health.',
      answer: {
        status: 200,
        description: 'The sources.',
        schema: pageOf(shape),
        example: { data: [example], next: null },
      },
      async handle({ data }) {
        const running = data.running()?.source ?? null;
        return { data: (await data.sources()).map((state) => told(state, running)), next: null };
      },
    }),
    operation({
      id: 'fetch-data-source',
      method: 'post',
      path: '/company-data/{source}/fetch',
      needs: 'settings:write',
      summary: 'Fetch company data now',
      description: 'Begins, and does not wait: `isRunning` and `last` say later what came of it.',
      params: bySource,
      answer: {
        status: 202,
        description: 'The source.',
        schema: shape,
        example: { ...example, isRunning: true },
      },
      problems: ['refused'],
      async handle({ data, path, store, caller, now }) {
        const running = data.running();
        if (running !== null)
          throw new Problem(
            'refused',
            `${running.source} is being fetched; one at a time, so come again when it is done`,
          );
        // The failure is the source's last outcome, which can be asked for.
        data.update(path.source).catch(() => undefined);
        const subject = `company data ${path.source}: fetched`;
        await store.record({ who: caller.by, what: 'settings', subject }, now());
        return one(data, path.source);
      },
    }),
    operation({
      id: 'schedule-data-source',
      method: 'put',
      path: '/company-data/{source}/schedule',
      needs: 'settings:write',
      summary: 'Fetch company data every month, or not',
      description: 'What is `off` is fetched by nobody but you.',
      params: bySource,
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z.strictObject({ schedule: z.enum(schedules).openapi({ description: 'How often.' }) }),
        example: { schedule: 'monthly' satisfies Schedule },
      },
      answer: { status: 200, description: 'The source as it is now.', schema: shape, example },
      async handle({ data, path, body, store, caller, now }) {
        await data.setSchedule(path.source, body.schedule);
        const subject = `company data ${path.source}: ${body.schedule}`;
        await store.record({ who: caller.by, what: 'settings', subject }, now());
        return one(data, path.source);
      },
    }),
  ],
};
