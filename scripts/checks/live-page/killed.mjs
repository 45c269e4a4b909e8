// A program that is killed while its page is open.
import { watchRun } from '@pg/monitor';

const page = await watchRun({ stream: { write: () => {} } });
page.update({ step: 1, episodes: 0, meanReturn: Number.NaN, meanLength: Number.NaN });
process.send?.(page.url);
setInterval(() => {}, 1000);
