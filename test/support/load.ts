/** A bounded load of `POST` requests over kept-alive connections on this machine. */
import http from 'node:http';

export interface LoadOptions {
  url: string;
  connections: number;
  /** Stops by itself after this many requests. */
  requests: number;
  /** Body of the nth request. */
  body(number: number): string;
  headers?(number: number): Record<string, string>;
  /** Called for each 2xx, in the order in which answers come. */
  onAcknowledged?(number: number): void;
}

export interface LoadResult {
  acknowledged: number;
  refused: number;
  /** Requests without an answer: the server went away. */
  lost: number;
  seconds: number;
  /** Milliseconds a request took, sorted. */
  latencies: Float64Array;
}

/** Resolves when every request is answered or the server is gone. */
export async function sendLoad(options: LoadOptions): Promise<LoadResult> {
  const { connections, requests } = options;
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const target = new URL(options.url);
  const latencies: number[] = [];
  const result = { acknowledged: 0, refused: 0, lost: 0 };
  let next = 0;

  const post = (number: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = Buffer.from(options.body(number));
      const request = http.request(
        {
          agent,
          host: target.hostname,
          port: target.port,
          path: target.pathname,
          method: 'POST',
          headers: {
            'content-type': 'text/plain',
            'content-length': body.length,
            'user-agent':
              'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
            ...options.headers?.(number),
          },
        },
        (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode ?? 0));
          response.once('error', reject);
        },
      );
      request.once('error', reject);
      request.end(body);
    });

  const worker = async (): Promise<void> => {
    while (next < requests) {
      const number = next;
      next += 1;
      const start = performance.now();
      try {
        const status = await post(number);
        latencies.push(performance.now() - start);
        if (status >= 200 && status < 300) {
          result.acknowledged += 1;
          options.onAcknowledged?.(number);
        } else result.refused += 1;
      } catch {
        result.lost += 1;
        return;
      }
    }
  };

  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return {
    ...result,
    seconds: (performance.now() - start) / 1000,
    latencies: Float64Array.from(latencies).sort(),
  };
}
