/** Imports that run beside everything else a server does, and end before it does. */
import { type ImportAsked, type ImportTools, type Running, startImport } from './run.ts';

export interface Imports {
  /** @throws Error that says what is missing, with nothing begun */
  start(asked: ImportAsked): Promise<Running>;
  /** Lets none begin, ends those that run at their next row, and waits for that. */
  close(): Promise<void>;
}

/** @param onError told why one failed; the log of imports has it too */
export function openImports(tools: ImportTools, onError: (error: unknown) => void): Imports {
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  return {
    async start(asked) {
      if (stopping.signal.aborted) throw new Error('the server is stopping; try again when it is back');
      const begun = await startImport(tools, { ...asked, signal: stopping.signal });
      const ended = begun.ended.catch(onError).finally(() => running.delete(ended));
      running.add(ended);
      return begun;
    },
    async close() {
      stopping.abort(new Error('the server was stopped; the same file again goes on from there'));
      await Promise.all(running);
    },
  };
}
