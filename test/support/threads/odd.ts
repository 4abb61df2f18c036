/** A thread that does what a pool of them must survive, by the name of the call. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answered, Asked, ThreadData } from '../../../collector/store/thread-pool.ts';

const { unwanted } = workerData as ThreadData;
const answer = (answered: Answered) => parentPort?.postMessage(answered);

parentPort?.on('message', ({ number, name, given }: Asked) => {
  if (name === 'echo') answer({ number, value: given });
  else if (name === 'throw') answer({ number, error: new Error('the question makes no sense') });
  else if (name === 'exit') process.exit(1);
  else if (name === 'crash') throw new Error('a bug in the reader');
  // Looks whether anybody waits, as long statements do.
  else if (name === 'listen') {
    while (Atomics.load(unwanted, 0) !== number);
    answer({ number, error: new Error('stopped') });
  } else if (name === 'deaf') for (;;);
});
