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
