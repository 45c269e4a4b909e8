// A program that forgets to close its page, with a page open. It has to end by itself.
import { get } from 'node:http';
import { watchRun } from '@pg/monitor';

const page = await watchRun({ stream: { write: () => {} } });
page.update({ step: 1, episodes: 0, meanReturn: Number.NaN, meanLength: Number.NaN });
await new Promise((resolve) => {
  get(`${page.url}events`, (response) => {
    response.socket.unref();
    response.once('data', resolve);
  });
});
