/** A labelled input with its hint and its error, tied together for those who hear the page. */
import type { JSX } from 'hono/jsx';

interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  input: JSX.IntrinsicElements['input'];
}

export function Field({ name, label, hint, error, input }: FieldProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <input
        {...input}
        id={name}
        name={name}
        aria-describedby={described || undefined}
        aria-invalid={error ? 'true' : undefined}
      />
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
