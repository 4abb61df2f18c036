/** The form that names a site, on the first day and later. */
import { Field } from './field.tsx';

export function SiteForm(props: { domain: string; hosts: string; problem: string | null; action: string }) {
  return (
    <form method="post" action={props.action} class="form">
      <Field
        name="domain"
        label="Domain"
        hint="Subdomains are included."
        error={props.problem ?? undefined}
        input={{
          type: 'text',
          inputmode: 'url',
          placeholder: 'example.com',
          autocapitalize: 'none',
          spellcheck: false,
          required: true,
          value: props.domain,
        }}
      />
      <Field
        name="hosts"
        label="Other domains with the same tag"
        hint="Optional; separated by commas."
        input={{ type: 'text', autocapitalize: 'none', spellcheck: false, value: props.hosts }}
      />
      <button type="submit" class="button button-primary">
        Add the site
      </button>
    </form>
  );
}
