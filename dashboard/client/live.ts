/** Keeps the live page up to date while it is looked at: a stream from the server, which a button pauses. */

/** When a server is asked again that had no stream for us. */
const againMs = 10_000;

interface Told {
  state: string;
  /** New lines; or all of them, after the stream was opened. */
  seen?: string;
  stream?: string;
}

const live = document.querySelector<HTMLElement>('[data-live]');
if (live) watch(live);

function watch(live: HTMLElement): void {
  const address = live.dataset.live ?? '';
  const maxLines = Number(live.dataset.lines);
  const find = <Found extends HTMLElement>(name: string) => live.querySelector<Found>(`[data-live-${name}]`);
  const [state, lines, says, signal] = ['state', 'stream', 'says', 'signal'].map((name) => find(name));
  const pause = find<HTMLButtonElement>('pause');
  if (!state || !lines || !says || !signal || !pause) return;
  let source: EventSource | null = null;
  let isPaused = false;

  const say = (text: string, isLive: boolean) => {
    if (says.textContent !== text) says.textContent = text;
    signal.classList.toggle('signal-on', isLive);
  };

  const show = ({ state: now, seen, stream }: Told) => {
    // Everything is made anew: who stands on a link shall find themselves on it again.
    const focused = state.contains(document.activeElement)
      ? document.activeElement?.getAttribute('href')
      : undefined;
    state.innerHTML = now;
    if (focused) state.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
    if (stream !== undefined) lines.innerHTML = stream;
    if (seen) lines.insertAdjacentHTML('afterbegin', seen);
    while (lines.children.length > maxLines) lines.lastElementChild?.remove();
  };

  const open = () => {
    if (source || isPaused || document.hidden) return;
    const opened = new EventSource(address);
    source = opened;
    opened.addEventListener('moment', (event) => {
      show(JSON.parse(event.data));
      say('Live: this page moves by itself.', true);
    });
    opened.addEventListener('end', (event) => {
      close();
      isPaused = true;
      pause.hidden = true;
      say(event.data, false);
    });
    opened.addEventListener('error', () => {
      say('Not live: the connection was lost. Trying again.', false);
      // After an answer that is no stream (it is full, or starting) the browser gives up; we do not.
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
      source = null;
      setTimeout(open, againMs);
    });
  };

  const close = () => {
    source?.close();
    source = null;
  };

  pause.hidden = false;
  pause.addEventListener('click', () => {
    isPaused = !isPaused;
    pause.textContent = isPaused ? 'Go on' : 'Pause';
    if (isPaused) {
      close();
      say('Paused.', false);
    } else open();
  });
  // A page that nobody sees needs no stream; it is told everything when it is looked at again.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else open();
  });
  open();
}

export {};
