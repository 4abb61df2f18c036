/** Every column of the owner's file that is no field of its own. */
export function Attributes({ attributes }: { attributes: Readonly<Record<string, string>> }) {
  const told = Object.entries(attributes);
  return told.length === 0 ? null : (
    <section class="card" aria-labelledby="profile-title">
      <div class="card-head">
        <h2 id="profile-title">Profile</h2>
        <span class="muted">From your file</span>
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
