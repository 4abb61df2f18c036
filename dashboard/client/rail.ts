/** Fills in how many companies the rail's segments have, where the page was answered before they were counted. */

const rail = document.querySelector<HTMLElement>('[data-rail]');
if (rail?.dataset.rail) fill(rail, rail.dataset.rail);

async function fill(rail: HTMLElement, address: string): Promise<void> {
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } });
    if (!response.ok || response.redirected) return;
    const lines = await response.text();
    // Everything is made anew: who stands on a link shall find themselves on it again.
    const focused = rail.contains(document.activeElement)
      ? document.activeElement?.getAttribute('href')
      : undefined;
    rail.innerHTML = lines;
    if (focused) rail.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
  } catch {
    // The network is away: the lists are there all the same, and the next page has the numbers.
  }
}

export {};
