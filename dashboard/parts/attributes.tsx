import type { Profile } from '../../collector/store/store.ts';

/** Every column of the owner's file, or trait of a group call, that is no field of its own. */
export function Attributes({ profile }: { profile: Profile | null }) {
  const told = Object.entries(profile?.attributes ?? {});
  return told.length === 0 ? null : (
    <section class="card" aria-labelledby="profile-title">
      <div class="card-head">
        <h2 id="profile-title">Profile</h2>
        <span class="muted">{profile?.isTold ? 'From your site’s group calls' : 'From your file'}</span>
      </div>
      <dl class="profile">
        {told.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
