/** Hints open by CSS, on hover and focus; Escape closes one without moving either. */

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const hinted of document.querySelectorAll<HTMLElement>('[data-hint]:is(:hover, :focus-within)')) {
    hinted.dataset.hint = 'closed';
    const open = () => {
      hinted.dataset.hint = '';
    };
    hinted.addEventListener('pointerleave', open, { once: true });
    hinted.addEventListener('focusout', open, { once: true });
  }
});

export {};
