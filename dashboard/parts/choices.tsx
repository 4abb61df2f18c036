/** Something to tick, and one of several to choose, each with what it means; tied together for those who hear the page. */
import { Prose } from './prose.tsx';

interface TickProps {
  name: string;
  label: string;
  hint: string;
  isTicked: boolean;
  error?: string | undefined;
}

export function Tick({ name, label, hint, isTicked, error }: TickProps) {
  return (
    <div class="option">
      <input
        type="checkbox"
        id={name}
        name={name}
        checked={isTicked}
        aria-describedby={[`${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')}
        aria-invalid={error ? 'true' : undefined}
      />
      <label for={name}>{label}</label>
      <p class="field-hint" id={`${name}-hint`}>
        <Prose text={hint} />
      </p>
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  /** Says what is chosen, to those who hear the page; the heading above says it to the others. */
  legend: string;
  options: { value: string; label: string; hint: string }[];
  chosen: string;
  error?: string | undefined;
}

export function Choice({ name, legend, options, chosen, error }: ChoiceProps) {
  return (
    <fieldset class="options" aria-describedby={error ? `${name}-error` : undefined}>
      <legend class="hidden">{legend}</legend>
      {options.map(({ value, label, hint }) => (
        <div class="option">
          <input
            type="radio"
            id={`${name}-${value}`}
            name={name}
            value={value}
            checked={value === chosen}
            aria-describedby={`${name}-${value}-hint`}
          />
          <label for={`${name}-${value}`}>{label}</label>
          <p class="field-hint" id={`${name}-${value}-hint`}>
            <Prose text={hint} />
          </p>
        </div>
      ))}
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
