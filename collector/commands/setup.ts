/** `footlight site …` and `footlight user …`: who may send, and who may look. */
import { type Command, Option } from 'commander';
import { roles } from '../access/role.ts';
import { siteDomain } from '../site-domain.ts';
import { atCommandLine } from '../store/audit.ts';
import type { CommandTools } from './tools.ts';

export function setupCommands(program: Command, { withRooms, answer }: CommandTools): void {
  const site = program.command('site').description('the sites that may send events');
  site
    .command('add')
    .description('add a site; prints its key')
    .argument('<domain...>', 'its domain, then further hosts that carry the tag')
    .option('--json', 'the answer as JSON')
    .action((domains: string[], options: { json?: boolean }) =>
      withRooms(async ({ store }) => {
        const [domain = '', ...hosts] = domains.map(siteDomain);
        const added = await store.addSite(domain, hosts, Date.now());
        await store.record({ who: atCommandLine, what: 'site-added', subject: added.domain }, Date.now());
        answer(options, { domain: added.domain, key: added.key }, `${added.domain}  key ${added.key}`);
      }),
    );
  site
    .command('list')
    .description('list the sites and their keys')
    .option('--json', 'the answer as JSON')
    .action((options: { json?: boolean }) =>
      withRooms(async ({ store }) => {
        for (const { domain, key } of await store.sites())
          answer(options, { domain, key }, `${domain}  key ${key}`);
      }),
    );

  program
    .command('user')
    .description('the people who may sign in')
    .command('add')
    .description('add somebody, or make them a new link; prints a one-time sign-in link')
    .argument('<email>')
    .addOption(
      new Option('--role <role>', 'what they may do; somebody new is in sales if not told').choices([
        ...roles,
      ]),
    )
    .option('--json', 'the answer as JSON')
    .action((email: string, options: { role?: (typeof roles)[number]; json?: boolean }) =>
      withRooms(async (rooms, config) => {
        const { createAuth } = await import('../../dashboard/auth.ts');
        const auth = await createAuth({
          database: rooms.database,
          secret: rooms.secret,
          baseUrl: config.publicUrl,
        });
        const link = `${config.publicUrl ?? `http://localhost:${config.port}`}${await auth.inviteUser(email, options.role)}`;
        await rooms.store.record(
          {
            who: atCommandLine,
            what: 'user-invited',
            subject: email,
            detail: { role: options.role ?? null },
          },
          Date.now(),
        );
        answer(options, { email, link }, `${email} may sign in once with\n  ${link}`);
      }),
    );
}
