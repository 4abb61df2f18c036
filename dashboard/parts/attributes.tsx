import type { Profile } from '../../collector/store/store.ts';

/** Every column of the owner's file, or trait of a group call, that is no field of its own. */
export function Attributes({ profile }: { profile: Profile | null }) {
  return (
    <dl class="profile">
      {Object.entries(profile?.attributes ?? {}).map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
