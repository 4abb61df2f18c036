/** The least a collector can be: reads the body, answers 204. What ours costs is told as a share of this. */
import http from 'node:http';
import { reportUsage } from './report-usage.ts';

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    Buffer.concat(chunks);
    response.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  reportUsage(typeof address === 'object' && address !== null ? address.port : 0, {});
});
