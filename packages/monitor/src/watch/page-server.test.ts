import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openEvents } from '../../fixtures/events-client.js';
import { PageServer } from './page-server.js';

async function serve() {
  let greetings = 0;
  const server = await PageServer.listen(0, { html: '<p>', greet: () => `event: run\ndata: ${++greetings}\n\n` });
  onTestFinished(() => server.close());
  return server;
}

const large = `event: clip\ndata: "${'x'.repeat(200_000)}"\n\n`;

test('a page that does not read costs bounded memory, and hears everything anew when it reads again', async () => {
  const server = await serve();
  const [slow, quick] = [await openEvents(server.url, { read: false }), await openEvents(server.url)];
  await quick.next('run');
  // none of it can be read in between
  for (let i = 0; i < 100; i++) server.send(large);
  server.send('event: late\ndata: 1\n\n');
  slow.resume();
  // the greeting at the beginning was the first one, that of the other page the second
  expect(await slow.next('run')).toBe(1);
  expect(await slow.next('run')).toBe(3);
  // a million bytes, with the message that goes beyond
  expect(slow.events.map(({ name }) => name)).toEqual(Array(5).fill('clip'));
  server.send('event: late\ndata: 2\n\n');
  expect(await slow.next('late')).toBe(2);
});

test('a page that is gone is forgotten', async () => {
  const server = await serve();
  const [gone, other] = [await openEvents(server.url), await openEvents(server.url)];
  expect(server.viewers).toBe(2);
  gone.response.destroy();
  while (server.viewers === 2) await new Promise((resolve) => setImmediate(resolve));
  server.send('event: news\ndata: 1\n\n');
  expect(await other.next('news')).toBe(1);
});

test('a page in a hidden tab gets no pictures', async () => {
  const server = await serve();
  const hidden = await openEvents(server.url, { path: 'events' });
  expect(server.viewers).toBe(0);
  server.sendPictures(large);
  server.send('event: news\ndata: 1\n\n');
  await hidden.next('news');
  expect(hidden.events.map(({ name }) => name)).toEqual(['run']);
});

test('hidden tabs are asked to give up their connections when there are many', async () => {
  const server = await serve();
  const clients = [];
  for (let i = 0; i < 5; i++) clients.push(await openEvents(server.url));
  for (const client of clients) expect(await client.next('crowded')).toBeUndefined();
});

test('closing ends the connections, with what was sent before', async () => {
  const server = await serve();
  const client = await openEvents(server.url);
  server.send('event: last\ndata: 1\n\n');
  await server.close();
  expect(await client.next('last')).toBe(1);
  await client.ended;
  await server.close();
});

/** The status of a request under a name. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  const asked = request(url, { headers: { host } });
  asked.end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response.statusCode;
}

test.each([
  ['127.0.0.1', 200],
  ['localhost:8080', 200],
  ['LocalHost', 200],
  ['127.0.1.1:1', 200],
  ['[::1]:8080', 200],
  ['localhost.example.com', 421],
  ['example.com:8080', 421],
  ['127.0.0.1.example.com', 421],
  ['notlocalhost', 421],
  ['localhost:80@example.com', 421],
  ['0.0.0.0', 421],
  ['192.168.0.1', 421],
])('a page that is asked for as %j', async (host, status) => {
  const { url } = await serve();
  expect(await statusFor(url, host)).toBe(status);
});

/** Connections that send what they are told to, and no more. */
async function open(url: string, count: number, text: string): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(Number(new URL(url).port), '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) socket.on('error', () => {});
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.write(text);
  return sockets;
}

test.each([
  ['say nothing', ''],
  ['are slow to ask', 'GET / HTTP/1.1\r\nHost: local'],
  ['have been answered', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['send a body for ever', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx'],
  ['read events', 'GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n'],
])('of 300 connections that %s none shuts a visitor out', async (_, text) => {
  const { url } = await serve();
  const page = await openEvents(url);
  await open(url, 300, text);
  expect(await statusFor(url, 'localhost')).toBe(200);
  if (text.startsWith('GET /events')) return;
  // A page that is open is not the one that makes room.
  expect(page.response.destroyed).toBe(false);
});
