/** The list's keys, in a dialog that `?` or its button opens; and the switch for those whom single letters disturb. */
import { presetLabels } from '../accounts-filter.ts';

const keys: [keys: string[], does: string][] = [
  [['j', 'k'], 'Next company, the one before'],
  [['Enter'], 'Open it'],
  [['x'], 'Choose it, or not'],
  [['f'], 'Follow, or stop following'],
  [['h'], 'Hide, or show again'],
  [['e'], 'Export'],
  [['/'], 'Search'],
  [['d'], presetLabels.today],
  [['w'], presetLabels['7d']],
  [['t'], presetLabels['30d']],
  [['q'], presetLabels['90d']],
  [['m'], presetLabels.month],
  [['p'], presetLabels['last-month']],
  [['y'], presetLabels.year],
  [['l'], presetLabels['12m']],
  [['a'], presetLabels.all],
  [['c'], 'Further periods, and days of your own'],
  [['←', '→'], 'As many days before these, after these'],
  [['r'], 'Live'],
  [['Esc'], 'Choose none; then clear the filters'],
  [['?'], 'This help'],
];

export function KeysHelp({ areOn, back }: { areOn: boolean; back: string }) {
  return (
    <>
      {/* Without the script there are no keys, and nothing to tell of them. */}
      <button type="button" class="button button-small keys-button" data-keys-help hidden>
        Keys
      </button>
      <dialog class="keys" data-keys={areOn ? 'on' : 'off'} aria-labelledby="keys-title">
        <h2 id="keys-title">Keys of this list</h2>
        <dl class="key-list">
          {keys.map(([names, does]) => (
            <div>
              <dt>
                {names.map((name) => (
                  <kbd>{name}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p class="muted">
          f, h and e are about the companies that are chosen, or else the one that you are at. Screen readers
          have letters of their own: switch these off if they get in the way.
        </p>
        <form method="post" action="/keys" class="menu-buttons">
          <input type="hidden" name="back" value={back} />
          <button type="submit" name="keys" value={areOn ? 'off' : 'on'} class="button">
            {areOn ? 'Switch them off' : 'Switch them on'}
          </button>
          <button type="button" class="button button-primary" data-close>
            Close
          </button>
        </form>
      </dialog>
    </>
  );
}
