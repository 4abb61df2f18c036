/** A time zone, typed with help: every page has the list once. */

export function ZoneList() {
  return (
    <datalist id="zones">
      {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
        <option value={zone} />
      ))}
    </datalist>
  );
}

export function ZoneField({ id, value }: { id: string; value: string }) {
  return (
    <div class="field">
      <label for={id}>Time zone</label>
      <input
        type="text"
        id={id}
        name="zone"
        list="zones"
        value={value}
        spellcheck={false}
        autocomplete="off"
      />
    </div>
  );
}
