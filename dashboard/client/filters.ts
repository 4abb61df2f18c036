/** A small comfort of the list: choosing a site shows it at once. */

for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-submit]')) {
  select.addEventListener('change', () => select.form?.requestSubmit());
}

export {};
