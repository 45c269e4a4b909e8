import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cartPole } from '@pg/envs';
import { watchRun } from '@pg/monitor';
import { categorical, createPolicy, mlp } from '@pg/policies';
import { launchChromium } from '../launch-chromium.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('@pg/monitor').LivePage} LivePage */

/**
 * Opens the page while a made-up run goes on, when it is finished, and from its file.
 *
 * @param {string} executablePath - Chromium or Chrome
 * @param {string} scratch - for the file
 * @returns {Promise<string[]>} what was wrong
 */
export async function openPages(executablePath, scratch) {
  const browser = await launchChromium(executablePath);
  const file = path.join(scratch, 'run.html');
  /** @type {string[]} */
  const complaints = [];
  /** @type {(name: string, holds: boolean) => void} */
  const check = (name, holds) => void (holds || complaints.push(`The live page: ${name}.`));
  try {
    await watchLive(await open(browser, complaints, {}), file, check);
    await lookAtFile(await open(browser, complaints, { colorScheme: 'dark', viewport: { width: 360, height: 740 }, offline: true }), file, check);
    await standStill(await open(browser, complaints, { reducedMotion: 'reduce' }), file, check);
  } finally {
    await browser.close();
  }
  return complaints;
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string[]} complaints
 * @param {import('playwright-core').BrowserContextOptions} options
 */
async function open(browser, complaints, options) {
  const tab = await (await browser.newContext(options)).newPage();
  tab.setDefaultTimeout(15_000);
  tab.on('pageerror', (error) => complaints.push(`The live page threw ${error.message}.`));
  tab.on('console', (message) => message.type() === 'error' && !/ERR_/.test(message.text()) && complaints.push(`The live page wrote ${message.text()}.`));
  tab.on('request', (request) => /^(http:\/\/127\.0\.0\.1|file|data)/.test(request.url()) || complaints.push(`The live page asked for ${request.url()}.`));
  return tab;
}

/**
 * @param {Page} tab
 * @param {string} file
 * @param {(name: string, holds: boolean) => void} check
 */
async function watchLive(tab, file, check) {
  const page = await watchRun({ title: 'A made-up run', total: 100_000, settings: { seed: 3 }, stream: { write: () => {} } });
  const policy = createPolicy(categorical({ network: mlp([8]) }), cartPole(), { seed: 1 });
  page.play({ policy }, cartPole().make({ seed: 1 }), { fps: 50 });
  await tab.goto(page.url);
  await waitForText(tab, '#status', 'Waiting for the first update');
  train(page, 0, 50);
  await waitForText(tab, '#status', 'Training');
  await waitForText(tab, '#numbers', '50k of 100k');
  check('shows the mean return', (await tab.textContent('#lead .readout')) === '49.5');
  check('draws a curve', ((await tab.getAttribute('#lead .line', 'd')) ?? '').split('L').length === 50);
  check('has a chart for each metric', (await tab.locator('#charts .chart').count()) === 2);
  await tab.locator('#lead svg').hover();
  check('reads the value below the pointer', /^2\d(\.\d+)? at 2\dk$/.test((await tab.textContent('#lead .readout')) ?? ''));
  await tab.locator('#lead .chart').focus();
  await tab.keyboard.press('Home');
  check('reads values by keys', (await tab.textContent('#lead .readout')) === '0.5 at 1000');
  check(
    'says the same without pictures',
    /^Mean return: 0\.5 at 1000, from 0\.5 to 49\.5\./.test((await tab.getAttribute('#lead .chart', 'aria-label')) ?? ''),
  );
  await overOtherAxes(tab, page, check);
  await waitForText(tab, '#caption', /episode \d+ · step \d+ · return \d+/);
  check('shows the agent', (await colors(tab)) > 3);
  train(page, 60, 100);
  await page.finish({ meanReturn: 99.5 });
  await waitForText(tab, '#status', 'Finished');
  await waitForText(tab, '#result', /meanReturn\s*99\.5/);
  check('ends with an episode to look at', await tab.locator('#seek').isVisible());
  page.save(file);
  await page.close();
  await tab.waitForTimeout(1500);
  check('stays as it is when the server is gone', (await tab.textContent('#status')) === 'Finished');
  await loseConnection(tab);
}

/**
 * Chooses by keys what the curves are drawn over; more updates and a reload leave the choice as it is.
 *
 * @param {Page} tab
 * @param {LivePage} page
 * @param {(name: string, holds: boolean) => void} check
 */
async function overOtherAxes(tab, page, check) {
  await tab.locator('input[value="steps"]').focus();
  await tab.keyboard.press('ArrowRight');
  await tab.keyboard.press('ArrowRight');
  train(page, 50, 60);
  await waitForText(tab, '#numbers', '60k of 100k');
  await tab.reload();
  await waitForText(tab, '#numbers', '60k of 100k');
  check('keeps what curves are drawn over', await tab.locator('input[value="episodes"]').isChecked());
  await tab.locator('#lead .chart').focus();
  await tab.keyboard.press('End');
  check('draws over episodes', (await tab.textContent('#lead .readout')) === '59.5 at episode 59');
  check('labels episodes', (await tab.locator('#lead .chart text').allTextContents()).includes('40'));
  await tab.locator('label', { hasText: 'time' }).click();
  check(
    'labels time',
    (await tab.locator('#lead .chart text').allTextContents()).some((text) => /^[\d.]+ s$/.test(text)),
  );
  await tab.keyboard.press('ArrowLeft');
  await tab.keyboard.press('Escape');
}

/** @param {Page} tab */
async function loseConnection(tab) {
  const child = fork(new URL('killed.mjs', import.meta.url));
  const [url] = await once(child, 'message');
  await tab.goto(url);
  await waitForText(tab, '#status', 'Training');
  child.kill('SIGKILL');
  await waitForText(tab, '#status', 'Connection lost; trying again');
  // another run on the same port: the page, which tries again, shows that one
  const next = await watchRun({ port: Number(new URL(url).port), title: 'Another run', stream: { write: () => {} } });
  await waitForText(tab, '#title', 'Another run');
  await next.close();
  await waitForText(tab, '#status', 'Stopped before the end');
}

/**
 * A phone without a network.
 *
 * @param {Page} tab
 * @param {string} file
 * @param {(name: string, holds: boolean) => void} check
 */
async function lookAtFile(tab, file, check) {
  await tab.goto(pathToFileURL(file).href);
  await waitForText(tab, '#status', 'Finished');
  check('has the whole curve in its file', ((await tab.getAttribute('#lead .line', 'd')) ?? '').split('L').length > 50);
  check('plays the episode of its file', (await colors(tab)) > 3);
  await tab.locator('#seek').fill('5');
  await waitForText(tab, '#caption', /step 5 · return 5/);
  check('stops where one looks', (await tab.textContent('#play')) === 'Play');
  check('fits a phone', (await tab.evaluate('document.documentElement.scrollWidth <= innerWidth')) === true);
  check('is dark where that is wanted', (await tab.evaluate('getComputedStyle(document.body).backgroundColor')) === 'rgb(14, 18, 22)');
}

/**
 * @param {Page} tab
 * @param {string} file
 * @param {(name: string, holds: boolean) => void} check
 */
async function standStill(tab, file, check) {
  await tab.goto(pathToFileURL(file).href);
  await waitForText(tab, '#caption', /step 0/);
  check('moves nothing for those who want none of it', (await tab.textContent('#play')) === 'Play');
}

/**
 * @param {LivePage} page
 * @param {number} from
 * @param {number} to - thousands of steps
 */
function train(page, from, to) {
  for (let i = from; i < to; i++) page.update({ step: 1000 * (i + 1), episodes: i, meanReturn: i + 0.5, meanLength: 20, entropy: 1 / (i + 1) });
}

/** @param {Page} tab */
function colors(tab) {
  const program = `(() => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`;
  return /** @type {Promise<number>} */ (tab.evaluate(program));
}

/**
 * @param {Page} tab
 * @param {string} selector
 * @param {string | RegExp} text
 */
async function waitForText(tab, selector, text) {
  await tab.locator(selector).filter({ hasText: text }).first().waitFor();
}
