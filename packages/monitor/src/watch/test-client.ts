import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';

/** An event as it came. */
interface ReceivedEvent {
  readonly name: string;
  readonly data: unknown;
}

/** For tests: a page's connection to the events. */
export interface TestClient {
  readonly events: ReceivedEvent[];
  readonly response: IncomingMessage;
  /** Begins to read. */
  resume(): void;
  /** Waits for an event that has come or will come. */
  next(name: string): Promise<unknown>;
  readonly ended: Promise<unknown>;
}

/** For tests: opens a page's connection; with `read: false` nothing is read from it before `resume()`. */
export async function openEvents(url: string, { read = true, path = 'events?pictures' } = {}): Promise<TestClient> {
  const request = get(`${url}${path}`);
  onTestFinished(() => void request.destroy());
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const events: ReceivedEvent[] = [];
  const waiting: (() => void)[] = [];
  let text = '';
  const resume = () =>
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = `${text}${chunk}`.split('\n\n');
      text = parts.pop()!;
      events.push(...parts.flatMap(parseEvent));
      for (const wake of waiting.splice(0)) wake();
    });
  if (read) resume();
  response.on('error', () => {});
  return {
    events,
    response,
    resume,
    ended: new Promise((resolve) => response.on('close', resolve)),
    async next(name) {
      for (;;) {
        const at = events.findIndex((event) => event.name === name);
        if (at >= 0) return events.splice(at, 1)[0]!.data;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

/** For tests: an answer to a request with other headers, another method or another path. */
export async function ask(
  url: string,
  options: { method?: string; host?: string } = {},
): Promise<{ status: number | undefined; headers: object; body: string }> {
  const { method = 'GET', host } = options;
  const request: ClientRequest = get(url, { method, ...(host === undefined ? {} : { headers: { host } }) });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

function parseEvent(block: string): ReceivedEvent[] {
  const name = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: ?(.*)$/m.exec(block)?.[1];
  return name === undefined ? [] : [{ name, data: data ? JSON.parse(data) : undefined }];
}
