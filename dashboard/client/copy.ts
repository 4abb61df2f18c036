/** Buttons that copy the text of another element. Without this script they stay hidden. */

const confirmMs = 2_000;

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const label = button.querySelector('[data-copy-label]');
  const source = document.getElementById(button.dataset.copy ?? '');
  if (!label || !source) continue;
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    label.textContent = (await copy(source)) ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => {
      label.textContent = before;
    }, confirmMs);
  });
}

/** Copies; where the browser does not let us (plain http), selects the text instead, so that keys can. */
async function copy(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}

export {};
