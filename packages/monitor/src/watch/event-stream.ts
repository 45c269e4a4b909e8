import type { ServerResponse } from 'node:http';

/** Bytes that may wait for a client that does not read. */
const MOST_WAITING = 1_000_000;

/** Server-sent events to one page, which may be slow, or gone. */
export class EventStream {
  /** Whether the page shows pictures; one in a hidden tab does not. */
  readonly pictures: boolean;
  readonly #response: ServerResponse;
  #behind = false;

  /**
   * @param response - of the page's request
   * @param pictures - whether it asks for pictures
   * @param greet - everything that the page has to know, as an event; asked for now, and again when a page that was slow reads on
   */
  constructor(response: ServerResponse, pictures: boolean, greet: () => string) {
    this.#response = response;
    this.pictures = pictures;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write(`retry: 1000\n\n${greet()}`);
    response.on('error', () => response.destroy());
    response.on('drain', () => {
      if (this.#behind) response.write(greet());
      this.#behind = false;
    });
  }

  /** Sends an event, or leaves it out while too much is waiting; the page then gets everything anew once it has read that. */
  send(event: string): void {
    if (this.#response.writableLength > MOST_WAITING) this.#behind = true;
    else this.#response.write(event);
  }

  /** Whether nothing waits any more. */
  get isSent(): boolean {
    return this.#response.destroyed || this.#response.writableLength === 0;
  }

  /** Ends the stream. */
  end(): void {
    this.#response.end();
  }
}

/** An event as it is sent. */
export function encodeEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
