/** Tells the parent process the port, and on request what the process has cost so far. */

/** What a server says once it listens. */
export interface Ready {
  port: number;
  key?: string;
  /** Of somebody who is signed in. */
  cookie?: string;
}

/** CPU of the whole process, all threads, in microseconds. */
export interface Usage {
  cpuUs: number;
  rssBytes: number;
}

export function reportUsage(port: number, more: Omit<Ready, 'port'>): void {
  process.send?.({ port, ...more } satisfies Ready);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuUs: user + system, rssBytes: process.memoryUsage.rss() } satisfies Usage);
  });
  process.once('disconnect', () => process.exit(0));
}
