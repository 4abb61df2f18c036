/** One key each for the periods: presses the link that says so in `aria-keyshortcuts`. */

document.addEventListener('keydown', (event) => {
  const target = event.target as HTMLElement;
  const isTyping = target.matches('input, select, textarea') || target.isContentEditable;
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/i.test(event.key)) return;
  document.querySelector<HTMLElement>(`a[aria-keyshortcuts="${event.key.toUpperCase()}"]`)?.click();
});

export {};
