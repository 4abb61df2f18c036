/** Small comforts of the list: choosing a site shows it at once, `/` goes to the search. */

for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-submit]')) {
  select.addEventListener('change', () => select.form?.requestSubmit());
}

document.addEventListener('keydown', (event) => {
  const target = event.target as HTMLElement;
  const isTyping = target.matches('input, select, textarea') || target.isContentEditable;
  if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector<HTMLInputElement>('[data-search]');
  if (!search) return;
  event.preventDefault();
  search.select();
});

export {};
