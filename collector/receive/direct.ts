/**
 * `POST /e` straight from the socket: what a busy site sends most does without the objects that the app makes of every
 * request, a quarter of what an event costs. It is the app's own handler that it calls, so both answer alike.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { maxBodyBytes } from '../../tracker/wire.ts';
import type { TakeEvents } from './asked.ts';

/**
 * @param take    what the app does with a body
 * @param others  takes every other request
 * @param onError told of a failure of ours; the sender learns nothing of it
 */
export function directly(
  take: TakeEvents,
  others: RequestListener,
  onError: (error: unknown) => void,
): RequestListener {
  return (request, response) => {
    if (request.url !== '/e' || request.method !== 'POST') return others(request, response);
    const answered = readText(request, maxBodyBytes).then((text) =>
      text === 'gone' ? undefined : answer(take, text.body, request, response),
    );
    answered.catch((error: unknown) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { 'content-type': 'text/plain; charset=UTF-8' })
          .end('Something went wrong on our side; the server’s log says what.');
    });
  };
}

async function answer(
  take: TakeEvents,
  text: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { headers } = request;
  const { status, headers: told } = await take(text, {
    headers: {
      get(name) {
        const value = headers[name];
        return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
      },
    },
    peer: request.socket.remoteAddress ?? '',
  });
  if (text === null) response.shouldKeepAlive = false;
  response.writeHead(status, status === 204 ? told : { ...told, 'content-length': '0' }).end();
}

/** Some editors write it before a text; it is no part of it. */
const byteOrderMark = '\uFEFF';

/** The body; null if it is longer than `maxBytes`, and nothing after that is kept; `gone` if its sender is. */
function readText(request: IncomingMessage, maxBytes: number): Promise<{ body: string | null } | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve({ body: null });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve({ body: null });
    });
    request.on('end', () => {
      const [first] = chunks;
      const bytes = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
      const body = bytes.toString('utf8');
      resolve({ body: body.startsWith(byteOrderMark) ? body.slice(1) : body });
    });
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}
