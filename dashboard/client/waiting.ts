/** Asks whether a site's first event has come, and shows the page anew when it has. */

const everyMs = 2_000;

const waiting = document.querySelector<HTMLElement>('[data-waiting]');
if (waiting?.dataset.waiting) ask(waiting.dataset.waiting);

function ask(address: string): void {
  setTimeout(async () => {
    if (!document.hidden && (await hasEvents(address))) location.reload();
    else ask(address);
  }, everyMs);
}

async function hasEvents(address: string): Promise<boolean> {
  try {
    const response = await fetch(address);
    return response.ok && (await response.json()).lastEventAt !== null;
  } catch {
    // The server is restarting, or the network is away: ask again.
    return false;
  }
}

export {};
