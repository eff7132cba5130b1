// Headless Chromium as tests and benchmarks start it.

/** Where it is; the set-up names it, and Debian puts it there. */
export const chromiumPath = () => process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Arguments that keep it from talking to anybody but the page that it is given. */
export const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
