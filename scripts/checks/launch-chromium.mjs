const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A headless browser; the caller closes it.
 *
 * @param {string} executablePath - Chromium or Chrome
 */
export async function launchChromium(executablePath) {
  const { chromium } = await import('playwright-core'); // which this run may have installed
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * Lets something be done in a page of a headless browser.
 *
 * @template T
 * @param {string} executablePath - Chromium or Chrome
 * @param {(page: import('playwright-core').Page) => Promise<T>} use
 * @returns {Promise<T>} what `use` gives; what it throws comes with the errors of the page
 */
export async function withPage(executablePath, use) {
  const browser = await launchChromium(executablePath);
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    return await use(page).catch((error) => {
      throw new Error(`The page failed: ${[...errors, error.message].join('; ')}`);
    });
  } finally {
    await browser.close();
  }
}
