/** A web server on loopback that answers as the publishers of company data do, or as badly as they could. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface DataServer {
  url: string;
  /** What was asked for, in order: method and path with query. */
  asked: string[];
  /** Headers of the last request. */
  headers(): IncomingMessage['headers'];
  on(path: string, answer: Answer): void;
  close(): Promise<void>;
}

/** Answers 404 to everything that nobody said anything of. */
export async function startDataServer(): Promise<DataServer> {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  let headers: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    headers = request.headers;
    const answer = answers.get((request.url ?? '').split('?')[0] ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end('<html>not found</html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    headers: () => headers,
    on: (path, answer) => answers.set(path, answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const sends =
  (body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  };

export const answers =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, headers).end('no');
  };

/** Rows as IPtoASN writes them. */
export function table(
  ...rows: [first: string, last: string, as: number, country: string, name: string][]
): string {
  return rows.map((row) => `${row.join('\t')}\n`).join('');
}

/** A tar archive with one file, after a licence text, as MaxMind packs it; gzipped. */
export function tarball(name: string, content: Buffer): Buffer {
  const entry = (entryName: string, body: Buffer) => {
    const header = Buffer.alloc(512);
    header.write(entryName, 0);
    header.write('0000644\0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    header.write('ustar\u000000', 257);
    return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
  };
  return gzipSync(
    Buffer.concat([
      entry('GeoLite2-ASN_20260714/LICENSE.txt', Buffer.from('licence '.repeat(200))),
      entry(name, content),
      Buffer.alloc(1_024),
    ]),
  );
}
