import { Field } from './field.tsx';
import { Mark } from './mark.tsx';

/** What a read-only link with a password opens first. It does not say which company is behind it. */
export function SharedPassword({ action, refused }: { action: string; refused: string | null }) {
  return (
    <section class="card card-form">
      <Mark />
      <h1>A password is needed</h1>
      <p class="lead">Whoever sent you the link has it.</p>
      <form method="post" action={action} class="form">
        {/* Browsers keep a password under a name. */}
        <input type="text" name="username" autocomplete="username" value="Shared link" readonly hidden />
        <Field
          name="password"
          label="Password"
          error={refused ?? undefined}
          input={{ type: 'password', autocomplete: 'off', required: true, maxlength: 200 }}
        />
        <button type="submit" class="button button-primary button-wide">
          Open
        </button>
      </form>
    </section>
  );
}
