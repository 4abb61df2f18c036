/** Decisions: what was said of networks and accounts, by whom, and what it moved; made and taken back. */
import { z } from '@hono/zod-openapi';
import { accountHome } from '../account-home.ts';
import { decisionExample, decisionShape, decisionTold, newDecision, readDecision } from '../decision.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import { byId, idIn, pageOf, paging } from '../shapes.ts';

const maxJsonBytes = 16 * 1_024;

export const decisions: Resource = {
  name: 'Decisions',
  says: 'What is said of networks and accounts; it holds for visits to come and for those that were.',
  operations: [
    operation({
      id: 'list-decisions',
      method: 'get',
      path: '/decisions',
      needs: 'accounts:read',
      summary: 'Read the log of decisions',
      description: 'Newest first, those that were taken back too.',
      query: z.strictObject({
        account: idIn('Only about this account, and those merged into it.').optional(),
        ...paging,
      }),
      answer: {
        status: 200,
        description: 'One page of decisions.',
        schema: pageOf(decisionShape),
        example: { data: [decisionExample], next: null },
      },
      async handle(asked) {
        const { store, cursors, query } = asked;
        const account = query.account === undefined ? null : await accountHome(asked, query.account);
        const list = `decisions ${account ?? ''}`;
        const [before] = query.cursor === undefined ? [] : cursors.read(list, query.cursor);
        const found = await store.decisions(account, query.limit + 1, before);
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        return {
          data: page.map(decisionTold),
          next: last !== undefined && found.length > page.length ? cursors.make(list, [last.id]) : null,
        };
      },
    }),
    operation({
      id: 'get-decision',
      method: 'get',
      path: '/decisions/{id}',
      needs: 'accounts:read',
      summary: 'Get one decision',
      description: 'With what it moved.',
      params: byId('decision'),
      answer: { status: 200, description: 'The decision.', schema: decisionShape, example: decisionExample },
      async handle({ store, path }) {
        const found = await store.decision(path.id);
        if (found === null) throw new Problem('not-found', `there is no decision ${path.id}`);
        return decisionTold(found);
      },
    }),
    operation({
      id: 'make-decision',
      method: 'post',
      path: '/decisions',
      needs: 'accounts:correct',
      summary: 'Correct, merge, split, name, forget',
      description:
        'Which kind takes what: `correction` of one network as “never” takes `accounts:correct`; wider ones, naming a company, `merge`, `split`, `alias` and `parent` take `accounts:write`; `rule` and `forget` take `settings:write`. It reaches the past, is logged with the key’s name, and can be undone.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: newDecision,
        example: { kind: 'merge', account: 9, target: 7, note: 'the same, in German' },
      },
      answer: { status: 201, description: 'The decision.', schema: decisionShape, example: decisionExample },
      problems: ['not-found'],
      async handle(asked) {
        const decision = await readDecision(asked, asked.body);
        return decisionTold(await asked.store.decide(decision, asked.caller.by, asked.now()));
      },
    }),
    operation({
      id: 'undo-decision',
      method: 'post',
      path: '/decisions/{id}/undo',
      needs: 'accounts:correct',
      summary: 'Take a decision back',
      description:
        'As if it had never been made; it stays in the log. Without `accounts:write` a key takes back its own alone.',
      params: byId('decision'),
      answer: {
        status: 200,
        description: 'The decision as it is now.',
        schema: decisionShape,
        example: { ...decisionExample, undoneBy: 'key warehouse', undoneAt: '2026-11-20T15:09:00.000Z' },
      },
      problems: ['refused'],
      async handle({ store, path, caller, now }) {
        const found = await store.decision(path.id);
        if (found === null) throw new Problem('not-found', `there is no decision ${path.id}`);
        if (!caller.may('accounts:write') && found.madeBy !== caller.by)
          throw new Problem(
            'not-allowed',
            `decision ${found.id} was made by ${found.madeBy}; to take it back takes a key with accounts:write`,
          );
        return decisionTold(await store.undo(found.id, caller.by, now()));
      },
    }),
  ],
};
