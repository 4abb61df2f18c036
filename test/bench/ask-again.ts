/** Asks a server for pages again and again, each as soon as its answer is there, until it is told to stop; a process of its own. */
import http from 'node:http';
import { constants, setPriority } from 'node:os';
import { setTimeout } from 'node:timers/promises';

export interface Asked {
  url: string;
  cookie: string;
  reports: readonly string[];
}

/** How long each answer took, in milliseconds. */
export type Answers = number[];

// People's browsers run on other machines than the server.
setPriority(constants.priority.PRIORITY_LOW);
const agent = new http.Agent({ keepAlive: true });
const answers: Answers = [];
let isOver = false;

function ask({ url, cookie }: Asked, at: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'x-forwarded-for': '198.51.100.7' };
    const request = http.get(url + at, { agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    });
    request.once('error', reject);
  });
}

async function askAgain(asked: Asked, at: string): Promise<void> {
  while (!isOver) {
    const start = performance.now();
    const status = await ask(asked, at);
    // A server that is asked for too much says so; that is an answer too, but no report.
    if (status === 200) answers.push(performance.now() - start);
    else if (status === 503) await setTimeout(100);
    else throw new Error(`${at} was answered with ${status}`);
  }
}

process.once('message', async (asked: Asked) => {
  const over = new Promise<void>((resolve) => process.once('message', () => resolve()));
  void over.then(() => {
    isOver = true;
  });
  await Promise.all([over, ...asked.reports.map((at) => askAgain(asked, at))]);
  agent.destroy();
  process.send?.(answers, () => process.disconnect());
});
