/** One segment that somebody is told of: how, and when not. */
import type { AlertChannel, AlertRule } from '../../collector/store/alerts.ts';
import { channelWords, clockOf, maxCoolingDays } from '../alert-input.ts';
import { Icon } from './icon.tsx';
import { ZoneField } from './zone-field.tsx';

/** Ways that are not set up here. */
export type Missing = Partial<Record<AlertChannel, string>>;

const channelLabels: Record<AlertChannel, string> = {
  browser: 'In the browser: the bell above every page',
  mail: 'By mail',
  slack: 'To Slack, where everybody in its channel reads it',
};

function ruleWords({ channels, quiet, timeZone }: AlertRule): string {
  const ways = channels.map((channel) => channelWords[channel]);
  const how = ways.length === 0 ? 'only in the log' : ways.join(', ');
  return quiet === null
    ? how
    : `${how}; quiet from ${clockOf(quiet.from)} to ${clockOf(quiet.to)}, ${timeZone}`;
}

export function AlertRuleForm(props: {
  rule: AlertRule;
  segment: { id: number; name: string } | null;
  missing: Missing;
  isOpen: boolean;
}) {
  const { rule, segment, missing, isOpen } = props;
  const id = (name: string) => `rule-${rule.id}-${name}`;
  const name = segment?.name ?? 'a segment that is no longer shared';
  return (
    <li class="alert-rule" id={`segment-${rule.segmentId}`}>
      <details open={isOpen}>
        <summary>
          <span>
            <strong>{name}</strong>
            <span class="claim-domain">{ruleWords(rule)}</span>
          </span>
          <span class="alert-rule-change">
            Change
            <Icon name="down" />
          </span>
        </summary>
        <form method="post" action={`/settings/alerts/rules/${rule.id}`} class="form">
          <fieldset class="choice choice-list">
            <legend>Tell me</legend>
            {(Object.keys(channelLabels) as AlertChannel[]).map((channel) => (
              <label class="check">
                <input
                  type="checkbox"
                  name={`channel-${channel}`}
                  value="yes"
                  checked={rule.channels.includes(channel)}
                />
                <span>
                  {channelLabels[channel]}
                  {missing[channel] !== undefined && <span class="field-hint"> {missing[channel]}</span>}
                </span>
              </label>
            ))}
          </fieldset>
          <div class="field">
            <label for={id('cooling')}>Days before one that left is news again</label>
            <input
              type="number"
              id={id('cooling')}
              name="cooling"
              min="0"
              max={maxCoolingDays}
              value={String(rule.coolingDays)}
            />
          </div>
          <fieldset class="quiet">
            <legend>Quiet hours, in which mail and Slack wait</legend>
            <div class="form-row">
              <div class="field">
                <label for={id('from')}>From</label>
                <input
                  type="time"
                  id={id('from')}
                  name="quiet-from"
                  value={rule.quiet === null ? '' : clockOf(rule.quiet.from)}
                />
              </div>
              <div class="field">
                <label for={id('to')}>To</label>
                <input
                  type="time"
                  id={id('to')}
                  name="quiet-to"
                  value={rule.quiet === null ? '' : clockOf(rule.quiet.to)}
                />
              </div>
              <ZoneField id={id('zone')} value={rule.timeZone} />
            </div>
          </fieldset>
          <div class="segment-buttons">
            <button type="submit" class="button button-primary">
              Keep it
            </button>
            <button
              type="submit"
              class="button"
              formnovalidate
              formaction={`/settings/alerts/rules/${rule.id}/remove`}
              aria-label={`Tell me no more of ${name}`}
            >
              Tell me no more
            </button>
          </div>
        </form>
      </details>
    </li>
  );
}
