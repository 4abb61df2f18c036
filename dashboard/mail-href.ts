/** A link that begins a letter. An address is data: nothing in it may add a line or a field to the letter. */
export function mailHref(email: string): string {
  return `mailto:${email.split('@').map(encodeURIComponent).join('@')}`;
}
