/** A server in a process of its own, asked what a load has cost it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Ready, Usage } from './servers/report-usage.ts';

export interface MeasuredServer {
  url: string;
  key: string;
  cookie: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** @param name file in `servers/`, without its ending */
export async function startMeasured(
  name: 'bare' | 'footlight',
  args: string[] = [],
): Promise<MeasuredServer> {
  const child = fork(fileURLToPath(new URL(`./servers/${name}.js`, import.meta.url)), args);
  const ready = (await message(child)) as Ready;
  return {
    url: `http://127.0.0.1:${ready.port}`,
    key: ready.key ?? '',
    cookie: ready.cookie ?? '',
    async usage() {
      child.send('usage');
      return (await message(child)) as Usage;
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

async function message(child: ChildProcess): Promise<unknown> {
  const done = new AbortController();
  const { signal } = done;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('the server ended early');
  });
  try {
    const [value] = await Promise.race([once(child, 'message', { signal }), ended]);
    return value;
  } finally {
    done.abort();
  }
}
