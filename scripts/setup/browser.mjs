// A Chromium and its chromedriver, for tests only: the ones installed, or Debian's.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StepFailed } from '../lib/terminal.mjs';
import { aptInstall, canApt } from './apt.mjs';

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROMIUM_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

const findChromium = () =>
  process.env.CHROMIUM ?? CHROMIUM_NAMES.map(onPath).find(Boolean) ?? CHROMIUM_PLACES.find((path) => existsSync(path));
const findDriver = () => process.env.CHROMEDRIVER ?? onPath('chromedriver');

/** Answers where both are, as the environment variables by which the tests ask for them. */
export async function ensureBrowser() {
  if ((!findChromium() || !findDriver()) && canApt()) {
    await aptInstall('Chromium and chromedriver, from Debian', ['chromium', 'chromium-driver']);
  }
  const chromium = findChromium();
  const driver = findDriver();
  if (!chromium || !driver) {
    throw new StepFailed(
      `The tests need ${[!chromium && 'Chromium', !driver && 'chromedriver'].filter(Boolean).join(' and ')}.`,
      'install Chromium (or Chrome) and the chromedriver of the same version; when they are not on PATH, name them in the variables CHROMIUM and CHROMEDRIVER.',
    );
  }
  return { CHROMIUM: chromium, CHROMEDRIVER: driver };
}
