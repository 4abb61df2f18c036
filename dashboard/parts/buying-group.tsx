/** Which parts in buying somebody has, and which nobody has. */
import { buyingGroup, type RoleHeld, roleDoes, roleWords } from '../../collector/journey/buying-group.ts';
import type { AccountPerson } from '../../collector/store/people.ts';
import { Icon } from './icon.tsx';

const shownNames = 3;

function Held({ held }: { held: RoleHeld }) {
  const { role, by } = held;
  const names = by.slice(0, shownNames).map(({ name, label }) => name ?? label);
  const rest = by.length - names.length;
  return (
    <li class={by.length === 0 ? 'group-missing' : ''}>
      <p class="group-role">
        <strong>{roleWords[role]}</strong>
        <span class="muted">{roleDoes[role]}</span>
      </p>
      {by.length === 0 ? (
        <p class="group-who">Missing</p>
      ) : (
        <p class="group-who">
          <Icon name="check" />
          <span>
            {names.join(', ')}
            {rest > 0 && ` and ${rest} more`}
            {by.every(({ personId }) => personId === null) && <span class="muted"> · not here yet</span>}
          </span>
        </p>
      )}
    </li>
  );
}

export function BuyingGroup({ people }: { people: readonly AccountPerson[] }) {
  const group = buyingGroup(people);
  const missing = group.filter(({ by }) => by.length === 0);
  return (
    <section class="card" aria-labelledby="group-title">
      <div class="card-head">
        <h2 id="group-title">Who buys</h2>
        <span class="muted">
          {missing.length === 0
            ? 'Nobody is missing'
            : `Missing: ${missing.map(({ role }) => roleWords[role].toLowerCase()).join(', ')}`}
        </span>
      </div>
      <ul class="buying-group">
        {group.map((held) => (
          <Held held={held} />
        ))}
      </ul>
    </section>
  );
}
