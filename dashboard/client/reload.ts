/** Asks whether something that takes its time is done, and shows the page anew when it is. */

const everyMs = 1_500;

const waiting = document.querySelector<HTMLElement>('[data-reload-when-done]');
if (waiting?.dataset.reloadWhenDone) ask(waiting.dataset.reloadWhenDone);

function ask(address: string): void {
  setTimeout(async () => {
    if (!document.hidden && (await isDone(address))) location.reload();
    else ask(address);
  }, everyMs);
}

async function isDone(address: string): Promise<boolean> {
  try {
    const response = await fetch(address);
    return response.ok && (await response.json()).isDone === true;
  } catch {
    // The server is restarting, or the network is away: ask again.
    return false;
  }
}

export {};
