/** Shows more of a company when a pointer or the keyboard stays on its name. Asked for once; never by a finger. */

const stayMs = 350;

for (const claim of document.querySelectorAll<HTMLElement>('[data-preview]')) {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const leave = () => clearTimeout(waiting);
  const stay = () => {
    leave();
    waiting = setTimeout(() => void show(claim), stayMs);
  };
  claim.addEventListener('pointerenter', (event) => {
    if (event.pointerType === 'mouse') stay();
  });
  claim.addEventListener('pointerleave', leave);
  claim.addEventListener('focusin', (event) => {
    // A finger that taps a link focuses it too, and is on its way to the page.
    if ((event.target as HTMLElement).matches(':focus-visible')) stay();
  });
  claim.addEventListener('focusout', leave);
}

async function show(claim: HTMLElement): Promise<void> {
  const page = claim.querySelector('a');
  const hint = claim.querySelector('.hint');
  if (!page || !hint || claim.dataset.preview === undefined) return;
  // Why it is in the list that is shown, whatever its own page is asked for.
  const asked = new URLSearchParams(page.search);
  const shown = new URLSearchParams(location.search);
  for (const name of ['segment', 'where']) {
    const value = shown.get(name);
    if (value) asked.set(name, value);
  }
  const address = `${page.pathname}/preview${asked.size > 0 ? `?${asked}` : ''}`;
  delete claim.dataset.preview;
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } });
    if (!response.ok || response.redirected) throw new Error(`${address} answered ${response.status}`);
    hint.insertAdjacentHTML('beforeend', await response.text());
  } catch {
    // What is there already still shows; it is asked again the next time.
    claim.dataset.preview = '';
  }
}

export {};
