/** The page of a segment while somebody works on it: the text and its rows follow each other, and names are offered. */

const form = document.querySelector<HTMLFormElement>('[data-segment]');
const text = form?.querySelector<HTMLTextAreaElement>('#text');
const list = form?.querySelector<HTMLElement>('#text-choices');

const waitMs = 300;

if (form && text && list) {
  const check = checking(form, text);
  offering(text, list, () => check(text));
}

for (const field of document.querySelectorAll<HTMLElement>('[data-expression]')) ruleOfScore(field);

/** An expression among others in a form: names are offered for it, and what is wrong with it is said below it. */
function ruleOfScore(field: HTMLElement): void {
  const text = field.querySelector('textarea');
  const list = field.querySelector<HTMLElement>('[role="listbox"]');
  const { expression: address } = field.dataset;
  if (!text || !list || address === undefined) return;
  let timer = 0;
  let asked = 0;
  async function ask(text: HTMLTextAreaElement, address: string): Promise<void> {
    asked += 1;
    const mine = asked;
    try {
      const body = new URLSearchParams({ text: text.value });
      const response = await fetch(address, { method: 'POST', body });
      if (!response.ok || mine !== asked) return;
      const answer: { isReadable: boolean; messages: string } = await response.json();
      if (answer.isReadable || text.value.trim() === '') text.removeAttribute('aria-invalid');
      else text.setAttribute('aria-invalid', 'true');
      fill(`${text.id}-messages`, answer.messages);
    } catch {
      // The network is away: what is there stays, and the form can be sent all the same.
    }
  }
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(text, address), waitMs);
  };
  text.addEventListener('input', later);
  offering(text, list, later);
}

/** Asks the server for the parts of the page as they are now. */
function checking(form: HTMLFormElement, text: HTMLTextAreaElement): (target: Element) => void {
  let timer = 0;
  let asking: AbortController | null = null;

  async function ask(target: Element): Promise<void> {
    // Who is in a segment that nobody waits for any more need not be found out.
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    try {
      const response = await fetch('/segments/check', { method: 'POST', body, signal });
      if (!response.ok) return;
      show(await response.json(), target);
    } catch {
      // A later question took its place, or the network is away: what is there stays, and the form can be sent all the same.
    }
  }

  function show(
    answer: { text: string; isReadable: boolean; messages: string; rows: string; result: string },
    target: Element,
  ): void {
    if (target !== text) text.value = answer.text;
    const was = form.querySelector<HTMLInputElement>('[name="was"]');
    if (was) was.value = answer.text;
    if (answer.isReadable) text.removeAttribute('aria-invalid');
    else text.setAttribute('aria-invalid', 'true');
    fill('text-messages', answer.messages);
    fill('segment-result', answer.result);
    // Whoever types in a row goes on typing there.
    if (target instanceof HTMLInputElement && target.type === 'text') return;
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.getAttribute('name') : null;
    fill('segment-rows', answer.rows);
    if (target !== text && focused !== null)
      form.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus();
  }

  const later = (target: Element) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(target), waitMs);
  };
  form.addEventListener('input', (event) => {
    const target = event.target as Element;
    if (target.matches('#name, [name="shared"]')) return;
    later(target);
  });
  return later;
}

function fill(id: string, markup: string): void {
  const part = document.getElementById(id);
  // Markup of our own server, in which everything that people wrote is escaped.
  if (part) part.innerHTML = markup;
}

interface Choices {
  from: number;
  to: number;
  choices: { insert: string; says: string }[];
}

/** A list of names below the text, worked with the keys of a combobox; Escape closes it. */
function offering(text: HTMLTextAreaElement, list: HTMLElement, changed: () => void): void {
  let offered: Choices = { from: 0, to: 0, choices: [] };
  let active = -1;
  const optionId = (index: number) => `${list.id.replace(/s$/, '')}-${index}`;
  let asked = 0;
  text.setAttribute('aria-autocomplete', 'list');
  text.setAttribute('aria-controls', list.id);
  text.setAttribute('aria-haspopup', 'listbox');
  close();

  function close(): void {
    asked += 1;
    list.hidden = true;
    active = -1;
    text.removeAttribute('aria-activedescendant');
  }

  async function offer(): Promise<void> {
    asked += 1;
    const mine = asked;
    const query = new URLSearchParams({ text: text.value, at: String(text.selectionStart) });
    try {
      const response = await fetch(`/segments/names?${query}`);
      if (!response.ok || mine !== asked) return;
      open(await response.json());
    } catch {
      close();
    }
  }

  function open(found: Choices): void {
    offered = found;
    if (found.choices.length === 0) {
      close();
      return;
    }
    list.replaceChildren(
      ...found.choices.map(({ insert, says }, index) => {
        const option = document.createElement('div');
        option.id = optionId(index);
        option.setAttribute('role', 'option');
        const name = document.createElement('code');
        name.textContent = insert;
        const what = document.createElement('span');
        what.textContent = says;
        option.append(name, ' ', what);
        // Before the field loses the focus.
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          choose(index);
        });
        return option;
      }),
    );
    list.hidden = false;
    mark(-1);
  }

  function mark(index: number): void {
    active = index;
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(place === index));
      if (place === index) option.scrollIntoView({ block: 'nearest' });
    }
    if (index < 0) text.removeAttribute('aria-activedescendant');
    else text.setAttribute('aria-activedescendant', optionId(index));
  }

  function choose(index: number): void {
    const choice = offered.choices[index];
    if (!choice) return;
    text.setRangeText(choice.insert, offered.from, offered.to, 'end');
    close();
    changed();
    // A name may want another: `viewed("` a page.
    void offer();
  }

  let timer = 0;
  text.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void offer(), 120);
  });
  text.addEventListener('blur', close);
  text.addEventListener('keydown', (event) => {
    if (list.hidden) {
      if (event.key === 'ArrowDown' && event.altKey) {
        event.preventDefault();
        void offer();
      }
      return;
    }
    const count = offered.choices.length;
    if (event.key === 'ArrowDown') mark((active + 1) % count);
    else if (event.key === 'ArrowUp') mark((active + count - (active < 0 ? 0 : 1)) % count);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && active >= 0) choose(active);
    else return;
    event.preventDefault();
  });
}

export {};
