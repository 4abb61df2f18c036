/** Keeps room for who has something to say: of too many open connections, those go that have been silent the longest. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Bounds a server's connections. Past the bound, the one that has been without a request for the longest is ended;
 * only where every one has a request under way is the new one.
 *
 * `Server.maxConnections` always ends the new one: whoever opens as many and says nothing would keep everybody out.
 * @param most    connections open at the same time
 * @param onEnded told each one that was ended for another's sake
 */
export function boundConnections(server: Server, most: number, onEnded: () => void): void {
  /** Without a request under way, in the order in which they became so. */
  const silent = new Set<Socket>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    open += 1;
    silent.add(socket);
    socket.once('close', () => {
      open -= 1;
      silent.delete(socket);
    });
    if (open <= most) return;
    const [longest = socket] = silent;
    silent.delete(longest);
    longest.destroy();
    onEnded();
  });
  server.prependListener('request', ({ socket }, response) => {
    silent.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) silent.add(socket);
    });
  });
}
