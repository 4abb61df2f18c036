/** Counts what leaves. */

/** The same rows; whoever took them is logged with how many, also where they stopped in the middle. */
export async function* counted<Row>(
  rows: AsyncIterable<Row>,
  onEnd: (sent: number, isWhole: boolean) => Promise<void>,
): AsyncGenerator<Row> {
  let sent = 0;
  let isWhole = false;
  try {
    for await (const row of rows) {
      sent += 1;
      yield row;
    }
    isWhole = true;
  } finally {
    await onEnd(sent, isWhole);
  }
}
