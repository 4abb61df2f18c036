/** One viewer's stream of server-sent events: bounded, so that who reads slowly holds no memory. */

/** What may wait for a slow reader; past it the stream ends, and the browser asks for a new one. */
const maxWaitingBytes = 256 * 1_024;

/** How long a browser waits before it comes back, ms. */
const retryMs = 3_000;

export interface EventStream {
  body: ReadableStream<Uint8Array>;
  /** Sends one event; ends the stream where too much waits already. */
  send(event: string, data: string): void;
  /** Says nothing, so that the connection is not taken for a dead one. */
  beat(): void;
  close(): void;
}

/**
 * @param onEnd told once: the reader left, was too slow, or the stream was closed
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function openEventStream(onEnd: () => void): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let hasEnded = false;
  const end = (close: () => void) => {
    if (hasEnded) return;
    hasEnded = true;
    close();
    onEnd();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
      },
      cancel: () => end(() => undefined),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxWaitingBytes }),
  );
  const write = (text: string) => {
    if (hasEnded || controller === null) return;
    if ((controller.desiredSize ?? 0) <= 0) {
      const slow = controller;
      return end(() => slow.error(new Error('this viewer reads too slowly')));
    }
    controller.enqueue(encoder.encode(text));
  };
  write(`retry: ${retryMs}\n\n`);
  return {
    body,
    send: (event, data) => write(`event: ${event}\n${data.replace(/^/gm, 'data: ')}\n\n`),
    beat: () => write(': still here\n\n'),
    close: () => end(() => controller?.close()),
  };
}
