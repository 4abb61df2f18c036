/** Imports that run beside everything else a server does, and end before it does. */
import type { Refused } from './refusals.ts';
import { type ImportAsked, type ImportTools, type Running, startImport } from './run.ts';

export interface Imports {
  /** @throws Error that says what is missing, with nothing begun */
  start(asked: ImportAsked): Promise<Running>;
  /** The first rows that an import of this server left out, with the reasons; null: they are not kept any more. */
  refusedOf(id: number): readonly Refused[] | null;
  /** Lets none begin, ends those that run at their next row, and waits for that. */
  close(): Promise<void>;
}

/** The log of imports counts rows that were left out; which ones is kept in memory, of the latest imports. */
const keptRefused = 100;
const keptImports = 50;

/** @param onError told why one failed; the log of imports has it too */
export function openImports(tools: ImportTools, onError: (error: unknown) => void): Imports {
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  const refused = new Map<number, Refused[]>();
  return {
    refusedOf: (id) => refused.get(id) ?? null,
    async start(asked) {
      if (stopping.signal.aborted) throw new Error('the server is stopping; try again when it is back');
      const left: Refused[] = [];
      const begun = await startImport(tools, {
        ...asked,
        signal: stopping.signal,
        onRefused(row) {
          if (left.length < keptRefused) left.push(row);
          asked.onRefused?.(row);
        },
      });
      refused.set(begun.id, left);
      for (const id of refused.keys()) if (refused.size > keptImports) refused.delete(id);
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
