/** Starts the built program as its own process, as a user does. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { packageRoot } from '../../collector/package-root.ts';

const cli = path.join(packageRoot, 'dist/collector/cli.js');

export interface RunningProgram {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Everything said on stderr so far. */
  said(): string;
  child: ChildProcess;
  /** Ends it as a machine's failure would: at once, with nothing closed. */
  kill(): Promise<void>;
  /** Ends it as a service manager does, and waits. */
  stop(): Promise<number | null>;
}

/** Resolves when the server says that it listens. */
export async function serveProgram(
  dataDir: string,
  env: Record<string, string> = {},
  args: readonly string[] = ['serve', '--port', '0', '--host', '127.0.0.1'],
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [cli, '--data', dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', FOOTLIGHT_LOG_LEVEL: 'error', ...env },
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said += `${line}\n`;
      const port = /listens on http:\/\/localhost:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
    child.once('exit', (code) =>
      reject(new Error(`the server ended with ${code} before it listened:\n${said}`)),
    );
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    url,
    said: () => said,
    child,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Runs one command to its end; gives what it printed on stdout. Rejects with its words if it fails. */
export async function runProgram(dataDir: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [cli, '--data', dataDir, ...args], {
    env: { PATH: process.env.PATH ?? '', FOOTLIGHT_LOG_LEVEL: 'error' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
