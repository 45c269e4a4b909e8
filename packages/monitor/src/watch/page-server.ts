import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnavailableError } from '@pg/core';
import { EventStream } from './event-stream.js';

/** What the pages of a server get. */
export interface PageContent {
  /** The page itself. */
  readonly html: string;
  /** The event from which a page that was opened or has lost its connection knows everything. */
  greet(): string;
}

/** More connections at once are refused. */
const MOST_CONNECTIONS = 256;
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
 * Serves a page and its events on this machine only. Requests under another name than 127.0.0.1 or localhost are refused: a foreign
 * site whose name was made to lead here (DNS rebinding) learns nothing. Nothing of it keeps Node running.
 */
export class PageServer {
  readonly #server: Server;
  readonly #streams = new Set<EventStream>();

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
    this.#server = createServer((request, response) => this.#answer(request, response, content));
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on('connection', (socket) => socket.unref());
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
    if (!this.#isOwnName(request.headers.host)) refuse(response, 421, 'This page is at 127.0.0.1 only.');
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

  #isOwnName(host = ''): boolean {
    const port = this.#port;
    return ['127.0.0.1', 'localhost'].some((name) => host === `${name}:${port}` || (port === 80 && host === name));
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
