/** One key each for the periods and what they are compared with: presses what says so in `data-key`. */

document.addEventListener('keydown', (event) => {
  const target = event.target as HTMLElement;
  const isTyping = target.matches('input, select, textarea') || target.isContentEditable;
  if (
    isTyping ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    !/^([a-z]|Arrow(Left|Right))$/i.test(event.key)
  )
    return;
  // What scrolls aside needs its arrows itself.
  if (event.key.startsWith('Arrow') && target.closest('[tabindex="0"], summary')) return;
  const link = document.querySelector<HTMLElement>(`[data-key="${event.key.toLowerCase()}"]`);
  // A menu that opens is where one goes on.
  link?.focus();
  link?.click();
});

export {};
