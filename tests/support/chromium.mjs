// Headless Chromium by Playwright: the one that the set-up found, kept from talking to anybody but the test.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumPath, QUIET } from '../../scripts/lib/chromium.mjs';

/** A browser with a profile of its own, which outlives pages and is gone with it. */
export async function launchChromium(options = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'snowglobe-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: true,
    args: QUIET,
    ...options,
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
