// The Rust tests that run in a browser: every tests/browser*.rs, and determinism.rs, which runs natively as well.

import { existsSync, readdirSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** cargo's flags that choose them; none when there are none. */
export function browserTests() {
  const names = existsSync(inRoot('tests')) ? readdirSync(inRoot('tests')) : [];
  return names
    .filter((name) => /^(browser.*|determinism)\.rs$/.test(name))
    .flatMap((name) => ['--test', name.slice(0, -'.rs'.length)]);
}
