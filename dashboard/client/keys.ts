/** The list's keys: rows, what is done with them, periods, search, help. None while somebody types, and none where they are switched off. */

const help = document.querySelector<HTMLDialogElement>('dialog[data-keys]');
const areOn = help?.dataset.keys === 'on';
const form = document.querySelector<HTMLFormElement>('form[data-companies]');
const rows = [...document.querySelectorAll<HTMLElement>('tr[data-row]')];

const closeHelp = help?.querySelector<HTMLElement>('[data-close]');
/** At the way out, and not at the switch beside it. An `autofocus` would be asked for as the page loads, too. */
function showHelp(): void {
  help?.showModal();
  closeHelp?.focus();
}
closeHelp?.addEventListener('click', () => help?.close());
const openHelp = document.querySelector<HTMLButtonElement>('[data-keys-help]');
if (openHelp) {
  openHelp.hidden = false;
  openHelp.addEventListener('click', showHelp);
}

const linkOf = (row: HTMLElement | undefined) => row?.querySelector<HTMLElement>('.claim-name');
const boxOf = (row: HTMLElement | undefined) => row?.querySelector<HTMLInputElement>('input[name="id"]');
const here = () => rows.findIndex((row) => row.contains(document.activeElement));
const chosen = () => rows.filter((row) => boxOf(row)?.checked);

function go(step: 1 | -1): void {
  const at = here();
  const next = at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  const link = linkOf(rows[next]);
  link?.focus();
  rows[next]?.scrollIntoView({ block: 'nearest' });
}

function tick(box: HTMLInputElement | null | undefined, isTicked: boolean): void {
  if (!box || box.checked === isTicked) return;
  box.checked = isTicked;
  box.dispatchEvent(new Event('change', { bubbles: true }));
}

function press(action: string): void {
  form?.querySelector<HTMLButtonElement>(`.bulk button[value="${action}"]`)?.click();
}

/** What is chosen, or else the row that somebody is at. */
function withRows(act: (rows: readonly HTMLElement[]) => void): void {
  const at = rows[here()];
  if (chosen().length === 0) tick(boxOf(at), true);
  const meant = chosen();
  if (meant.length > 0) act(meant);
}

function clear(): void {
  if (chosen().length > 0) {
    for (const row of rows) tick(boxOf(row), false);
    return;
  }
  if (location.search !== '') location.assign(location.pathname);
}

const doing: Record<string, () => void> = {
  j: () => go(1),
  k: () => go(-1),
  x: () => {
    const box = boxOf(rows[here()]);
    tick(box, box?.checked !== true);
  },
  f: () =>
    withRows((meant) => press(meant.every((row) => row.dataset.followed === 'true') ? 'unfollow' : 'follow')),
  h: () => withRows(() => press(form?.querySelector('.bulk button[value="unhide"]') ? 'unhide' : 'hide')),
  e: () => {
    if (chosen().length > 0) press('export');
    else document.querySelector<HTMLElement>('[data-export]')?.click();
  },
  '/': () => document.querySelector<HTMLInputElement>('[data-search]')?.select(),
  '?': showHelp,
  Escape: clear,
};

/** Somewhere that letters are typed into; a box to tick is not. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.matches('textarea, select') || target.isContentEditable;
}

/** Something is open that Escape closes first, as every page does. */
const isOpen = () =>
  document.querySelector(
    'details[data-menu][open], dialog[open], [data-hint]:not([data-hint="closed"]):is(:hover, :focus-within)',
  ) !== null;

/** What of the page has this key: a period, or the days before or after those shown. */
function pressing({ key, target }: KeyboardEvent): (() => void) | undefined {
  if (!/^([a-z]|Arrow(Left|Right))$/.test(key)) return undefined;
  // What scrolls aside needs its arrows itself.
  const isAside = target instanceof Element && target.closest('[tabindex="0"], summary') !== null;
  if (key.startsWith('Arrow') && isAside) return undefined;
  const link = document.querySelector<HTMLElement>(`[data-key="${key.toLowerCase()}"]`);
  if (link === null) return undefined;
  return () => {
    // A menu that opens is where one goes on.
    link.focus();
    link.click();
  };
}

if (areOn && help) {
  // Before the page's other scripts: whether something is open is known only until they close it.
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target))
        return;
      if (help.open || (event.key === 'Escape' && isOpen())) return;
      const act = doing[event.key] ?? pressing(event);
      if (act === undefined) return;
      if (event.key !== 'Escape') event.preventDefault();
      act();
    },
    { capture: true },
  );
}

export {};
