import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Nothing of these asks anybody on the network. */
const PREFERENCES = {
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/**
 * Opens a page in a headless Firefox of its own.
 *
 * @param {string} file - Firefox
 * @param {string} url
 * @returns {Promise<() => Promise<void>>} closes it
 */
export async function openFirefox(file, url) {
  const profile = mkdtempSync(path.join(tmpdir(), 'pg-firefox-'));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  writeFileSync(path.join(profile, 'user.js'), lines.join('\n'));
  const browser = spawn(file, ['--headless', '--no-remote', '--profile', profile, url], { stdio: 'ignore' });
  const exited = once(browser, 'exit').catch(() => undefined);
  return async () => {
    browser.kill();
    await exited;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
