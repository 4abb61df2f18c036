/** Boxes of the list: the one at the top ticks all of the page, and how many are ticked is said beside what can be done with them. */

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-companies]')) {
  const every = form.querySelector<HTMLInputElement>('input[name="every"]');
  const count = form.querySelector<HTMLElement>('[data-count]');
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="id"]')];

  const tell = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    if (every) {
      every.checked = chosen === boxes.length;
      every.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    if (count) count.textContent = chosen === 0 ? '' : `${chosen} chosen`;
  };
  form.addEventListener('change', (event) => {
    if (event.target === every) for (const box of boxes) box.checked = every?.checked === true;
    tell();
  });
  // A browser that comes back to the page may have kept the ticks.
  addEventListener('pageshow', tell);
}

export {};
