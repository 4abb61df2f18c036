/** `footlight key …`: which programs may call the API. */
import { type Command, Option } from 'commander';
import { keyMay, makeApiKey, readKeyName, readScopes } from '../access/api-key.ts';
import { capabilities, capabilityNames } from '../access/capability.ts';
import { isRole, type Role, roles } from '../access/role.ts';
import type { ApiKey } from '../store/api-key.ts';
import { atCommandLine } from '../store/audit.ts';
import type { CommandTools } from './tools.ts';

interface CreateOptions {
  role: Role;
  name: string;
  scope?: string[];
  json?: boolean;
}

export function keyCommands(program: Command, { withRooms, answer, say }: CommandTools): void {
  const key = program.command('key').description('the programs that may call the API');
  key
    .command('create')
    .description('make a key; prints it, this once')
    .addOption(
      new Option('--role <role>', 'the most that it may ever do').choices([...roles]).makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what it is for')
    .option('--scope <scope...>', 'only this; all that the role may, if not given')
    .option('--json', 'the answer as JSON')
    .addHelpText('after', scopeHelp)
    .action((options: CreateOptions) =>
      withRooms(async ({ store }) => {
        const scopes = readScopes(options.scope ?? [], options.role);
        const { secret, kept } = makeApiKey({ name: readKeyName(options.name), role: options.role, scopes });
        await store.makeKey(kept, atCommandLine, Date.now());
        say('This key is shown once; afterwards nobody can tell it. Put it where your secrets are.');
        answer(options, { key: secret }, secret);
      }),
    );
  key
    .command('list')
    .description('list the keys, without the keys themselves')
    .option('--json', 'one JSON object a line')
    .action((options: { json?: boolean }) =>
      withRooms(async ({ store }) => {
        for (const one of await store.keys()) answer(options, listed(one), words(one));
      }),
    );
  key
    .command('revoke')
    .description('end a key, at once and for good')
    .argument('<name>', 'its name, or its number')
    .option('--json', 'the answer as JSON')
    .action((named: string, options: { json?: boolean }) =>
      withRooms(async ({ store }) => {
        const found = (await store.keys()).find(
          ({ id, name, revokedAt }) => revokedAt === null && (name === named || String(id) === named),
        );
        if (found === undefined)
          throw new Error(`there is no key "${named}" in use; see: footlight key list`);
        await store.revokeKey(found.id, atCommandLine, Date.now());
        answer(options, { id: found.id, name: found.name, revoked: true }, `${found.name} is revoked`);
      }),
    );
}

const scopeHelp = `
Scopes, as far as the role may:
${capabilityNames.map((name) => `  ${name.padEnd(17)} ${capabilities[name].says}`).join('\n')}`;

function listed({ id, name, prefix, role, createdBy, createdAt, lastUsedAt, revokedAt, ...rest }: ApiKey) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id,
    name,
    prefix,
    role,
    scopes: capabilityNames.filter((scope) => isRole(role) && keyMay({ role, scopes: rest.scopes }, scope)),
    createdBy,
    createdAt: iso(createdAt),
    lastUsedAt: iso(lastUsedAt),
    revokedAt: iso(revokedAt),
  };
}

function words(key: ApiKey): string {
  const { id, name, prefix, role, lastUsedAt, revokedAt } = listed(key);
  const state = revokedAt === null ? `last used ${lastUsedAt ?? 'never'}` : `revoked ${revokedAt}`;
  return `${id}  ${prefix}…  ${name}  ${role}  ${state}`;
}
