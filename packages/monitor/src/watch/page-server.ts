import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnavailableError } from '@pg/core';
import { Connections } from './connections.js';
import { EventStream } from './event-stream.js';

/** What the pages of a server get. */
export interface PageContent {
  /** The page itself. */
  readonly html: string;
  /** The event from which a page that was opened or has lost its connection knows everything. */
  greet(): string;
}

/** With more connections than this, one that is idle makes room. */
const MOST_CONNECTIONS = 256;
/** How long a request may take to arrive, in milliseconds: a page's is one packet. */
const REQUEST_TIME = 5000;
/** The names of this machine: `localhost`, IPv4 and IPv6 loopback addresses. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
/** A browser opens six connections to a server: with more pages than this, hidden ones are asked to give theirs up. */
const CROWDED = 4;
/** How long pages may take to read what is waiting for them before they are left behind, in milliseconds. */
const PATIENCE = 1000;

const securityHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Serves a page and its events on this machine only. Requests under another name than one of this machine are refused, so that a foreign
 * site whose name was made to lead here (DNS rebinding) learns nothing; any port will do, because a tunnel forwards another one. Nothing of it
 * keeps Node running.
 */
export class PageServer {
  readonly #server: Server;
  readonly #streams = new Set<EventStream>();
  readonly #connections = new Connections(MOST_CONNECTIONS);

  /**
   * Starts a server; a `port` of 0 is any free one.
   *
   * @throws UnavailableError when the port is taken or not allowed
   */
  static async listen(port: number, content: PageContent): Promise<PageServer> {
    const server = new PageServer(content);
    try {
      server.#server.listen(port, '127.0.0.1');
      await once(server.#server, 'listening');
    } catch (cause) {
      throw unavailable(port, cause as NodeJS.ErrnoException);
    }
    server.#server.unref();
    server.#server.on('error', () => {}); // of a single connection; the others go on
    return server;
  }

  private constructor(content: PageContent) {
    const times = { headersTimeout: REQUEST_TIME, requestTimeout: REQUEST_TIME, connectionsCheckingInterval: REQUEST_TIME / 5 };
    this.#server = createServer(times, (request, response) => {
      this.#connections.use(request.socket, response);
      this.#answer(request, response, content);
    });
    this.#server.on('connection', (socket) => {
      socket.unref();
      this.#connections.add(socket);
    });
  }

  /** Where the page is. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** How many pages show pictures. */
  get viewers(): number {
    return [...this.#streams].filter((stream) => stream.pictures).length;
  }

  /** Sends an event to all pages; those that are too slow miss it. */
  send(event: string): void {
    for (const stream of this.#streams) stream.send(event);
  }

  /** Sends an event to all pages that show pictures. */
  sendPictures(event: string): void {
    for (const stream of this.#streams) if (stream.pictures) stream.send(event);
  }

  /** Resolves when all pages have read what was sent, or after a second. */
  async flush(): Promise<void> {
    for (let waited = 0; waited < PATIENCE && [...this.#streams].some((stream) => !stream.isSent); waited += 10) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    for (const stream of this.#streams) stream.end();
    this.#server.close();
    await this.flush();
    this.#server.closeAllConnections();
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(request: IncomingMessage, response: ServerResponse, content: PageContent): void {
    const [path, query] = (request.url ?? '/').split('?', 2);
    if (!LOOPBACK.test(request.headers.host ?? '')) refuse(response, 421, 'This page is at 127.0.0.1 and localhost only.');
    else if (request.method !== 'GET') refuse(response, 405, 'There is only GET.');
    else if (path === '/events') this.#stream(response, query === 'pictures', content);
    else if (path !== '/') refuse(response, 404, 'There is nothing here.');
    else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...securityHeaders });
      response.end(content.html);
    }
  }

  #stream(response: ServerResponse, pictures: boolean, { greet }: PageContent): void {
    const stream = new EventStream(response, pictures, greet);
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
    if (this.#streams.size > CROWDED) this.send('event: crowded\ndata:\n\n');
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...securityHeaders });
  response.end(`${message}\n`);
}

function unavailable(port: number, cause: NodeJS.ErrnoException): UnavailableError {
  const reasons: Readonly<Record<string, string>> = { EADDRINUSE: 'which another program is using', EACCES: 'which only an administrator may use' };
  return new UnavailableError({
    where: 'watchRun',
    got: `port ${port}, ${reasons[cause.code ?? ''] ?? `which the system refuses (${cause.code ?? cause.message})`}`,
    expected: 'a port that is free',
    remedy: 'Choose another port, or leave it out: any free one is then taken.',
    cause,
  });
}
