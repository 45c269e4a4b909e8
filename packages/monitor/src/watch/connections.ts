import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The connections of a server. With too many, the one that has been idle for the longest time is ended, so that a new visitor gets in. */
export class Connections {
  readonly #most: number;
  /** Connections without a request, or with one that is still arriving; the longest idle ones first. */
  readonly #idle = new Set<Socket>();
  /** Connections whose request is being answered; the longest ones first. */
  readonly #busy = new Set<Socket>();

  /** @param most - how many there may be */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes in a new connection, in place of another one if need be. */
  add(socket: Socket): void {
    this.#idle.add(socket);
    socket.once('close', () => {
      this.#idle.delete(socket);
      this.#busy.delete(socket);
    });
    if (this.#idle.size + this.#busy.size <= this.#most) return;
    const [first = socket] = this.#idle.size > 1 ? this.#idle : this.#busy;
    this.#idle.delete(first);
    this.#busy.delete(first);
    first.destroy();
  }

  /** Says that a connection is busy until its response is sent. */
  use(socket: Socket, response: ServerResponse): void {
    if (!this.#idle.delete(socket)) return; // ended already, or asks again before it was answered
    this.#busy.add(socket);
    response.once('close', () => {
      if (this.#busy.delete(socket)) this.#idle.add(socket);
    });
  }
}
