/** Answers a list line by line: JSON, one object a line, as it is read. */

/** Lines that are sent at once. */
const maxChunkLength = 64 * 1_024;

/**
 * The first line is read before this returns: what goes wrong by then can still be answered as a problem.
 * @param onEnd told how many lines were sent, and whether they were all
 */
export async function ndjson(
  lines: AsyncIterable<unknown>,
  onEnd: (sent: number, isWhole: boolean) => Promise<void>,
): Promise<Response> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* chunks(): AsyncGenerator<string> {
    let sent = 0;
    let isWhole = false;
    try {
      let text = '';
      for (let one = first; !one.done; one = await iterator.next()) {
        text += `${JSON.stringify(one.value)}\n`;
        sent += 1;
        if (text.length < maxChunkLength) continue;
        yield text;
        text = '';
      }
      if (text !== '') yield text;
      isWhole = true;
    } finally {
      // Also where the reader has gone: then the rest is never read.
      await iterator.return?.();
      await onEnd(sent, isWhole);
    }
  }
  return new Response(ReadableStream.from(chunks()).pipeThrough(new TextEncoderStream()), {
    headers: { 'content-type': 'application/x-ndjson' },
  });
}
