import { Socket } from 'node:net';

/**
 * A socket on which statements that are sent in one turn of the event loop leave together. The driver corks and uncorks
 * for each statement, and a system call and a packet for each is a tenth of what it costs to store history.
 */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  const uncork = socket.uncork.bind(socket);
  socket.uncork = () => process.nextTick(uncork);
  return socket;
}
