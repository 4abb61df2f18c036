/** The rules of a score: as rows of a form for who may change them, as a table for everybody else. */
import {
  maxHalfLifeDays,
  maxLabelLength,
  maxPoints,
  maxRules,
  type Scoring,
} from '../../collector/score/scoring.ts';
import { maxTextLength } from '../../collector/segment/bounds.ts';
import { emptyRule, type RuleProblems, ruleField, type TypedRule } from '../score-input.ts';
import { counted, pointsWords } from '../words.ts';
import { SegmentMessages } from './segment-text.tsx';

/** What is to be said of a rule's expression, below it. */
export function RuleMessages({ text, problems }: { text: string; problems: RuleProblems | null }) {
  if (text === '' && problems?.read?.read.problem !== null) {
    return problems === null ? null : <p class="field-error">Write who gets the points.</p>;
  }
  if (!problems?.read) return null;
  const { read, problem } = problems.read;
  return (
    <>
      <SegmentMessages text={text} read={read} />
      {problem !== null && <p class="field-error">{problem}</p>}
    </>
  );
}

interface NumberProps {
  index: number;
  rule: TypedRule;
  field: 'points' | 'cap' | 'halfLife';
  label: string;
  unit?: string;
  error: string | undefined;
  placeholder?: string;
}

function NumberField({ index, rule, field, label, unit, error, placeholder }: NumberProps) {
  const name = ruleField(index, field);
  return (
    <div class="rule-number">
      <label for={name}>{label}</label>
      <span class="rule-unit">
        <input
          type="text"
          id={name}
          name={name}
          value={rule[field]}
          inputmode="numeric"
          autocomplete="off"
          placeholder={placeholder}
          aria-describedby={error ? `${name}-error` : undefined}
          aria-invalid={error ? 'true' : undefined}
        />
        {unit}
      </span>
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

function RuleFields(props: { index: number; rule: TypedRule; problems: RuleProblems | null }) {
  const { index, rule, problems } = props;
  const name = (field: keyof TypedRule) => ruleField(index, field);
  const isWrong = problems !== null && (problems.read?.read.problem || problems.read?.problem);
  return (
    <fieldset class="rule">
      <legend class="hidden">
        {rule.label || (rule.expression === '' ? 'Another rule' : `Rule ${index + 1}`)}
      </legend>
      <div class="rule-what">
        <div class="field">
          <label for={name('label')}>In words</label>
          <input
            type="text"
            id={name('label')}
            name={name('label')}
            value={rule.label}
            maxlength={maxLabelLength}
            autocomplete="off"
            placeholder={index === 0 ? 'Looked at prices' : undefined}
          />
        </div>
        <div class="field" data-expression="/settings/score/check">
          <label for={name('expression')}>Companies where</label>
          <div class="segment-field">
            <textarea
              id={name('expression')}
              name={name('expression')}
              rows={2}
              maxlength={maxTextLength}
              spellcheck={false}
              autocapitalize="none"
              autocomplete="off"
              aria-describedby={`${name('expression')}-messages`}
              aria-invalid={isWrong ? 'true' : undefined}
            >
              {rule.expression}
            </textarea>
            <div
              id={`${name('expression')}-choices`}
              class="segment-choices"
              role="listbox"
              aria-label="Names"
              hidden
            />
          </div>
          <div id={`${name('expression')}-messages`} class="rule-messages" aria-live="polite">
            <RuleMessages text={rule.expression} problems={problems} />
          </div>
        </div>
      </div>
      <div class="rule-gives">
        <NumberField index={index} rule={rule} field="points" label="Points" error={problems?.points} />
        <div class="rule-number">
          <label for={name('per')}>Given</label>
          <select id={name('per')} name={name('per')}>
            <option value="once" selected={rule.per === 'once'}>
              once
            </option>
            <option value="time" selected={rule.per === 'time'}>
              each time
            </option>
          </select>
        </div>
        <NumberField
          index={index}
          rule={rule}
          field="cap"
          label="At most"
          error={problems?.cap}
          placeholder={rule.per === 'once' ? '–' : ''}
        />
        <NumberField
          index={index}
          rule={rule}
          field="halfLife"
          label="Half after"
          unit="days"
          placeholder="never"
          error={problems?.halfLife}
        />
        {rule.expression !== '' && (
          <button type="submit" name="action" value={`remove-${index}`} class="button button-small">
            Remove
            <span class="hidden"> {rule.label || `rule ${index + 1}`}</span>
          </button>
        )}
      </div>
    </fieldset>
  );
}

/** @param problems one a rule; empty: they were not looked at */
export function RuleForm({
  rules,
  problems,
}: {
  rules: readonly TypedRule[];
  problems: readonly RuleProblems[];
}) {
  const shown = rules.length < maxRules ? [...rules, emptyRule] : rules;
  return (
    <div class="rules">
      <p class="field-hint">
        Points are whole, from −{maxPoints} to {maxPoints}. Given each time, they count for every view, event,
        form, visit or minute of what the condition names first, up to the most that you say. What was done
        counts half after so many days, a quarter after twice as many; at most {maxHalfLifeDays}.
      </p>
      {shown.map((rule, index) => (
        <RuleFields index={index} rule={rule} problems={problems[index] ?? null} />
      ))}
    </div>
  );
}

export function RuleTable({ scoring }: { scoring: Scoring }) {
  return (
    <table class="list list-rules">
      <caption class="hidden">Rules of the score</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Points</th>
          <th scope="col">Fading</th>
        </tr>
      </thead>
      <tbody>
        {scoring.rules.map(({ label, expression, points, per, cap, halfLifeDays }) => (
          <tr>
            <th scope="row">
              {label && <span class="rule-label">{label}</span>}
              <code class="segment-text">{expression}</code>
            </th>
            <td data-label="Points">
              {pointsWords(points)}
              {per === 'time' && ` each time, ${cap} at most`}
            </td>
            <td data-label="Fading">
              {halfLifeDays === null ? 'never' : `half after ${counted(halfLifeDays, 'day')}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
