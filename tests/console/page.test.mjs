// The page of the console: where its requests go, the keyboard, and that nothing jumps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../support/server.mjs';
import { browser, editor, entry, filmOf, open, page, rows, server, shot, summary } from './support/console.mjs';

test('the page’s own region, with the sample, is there after a reload; the endpoint is untouched', async () => {
  await page.getByLabel('This browser').check();
  await page.getByTestId('backend').filter({ hasText: 'IndexedDB' }).waitFor();
  await page.getByText('No table yet').waitFor();
  await page.getByRole('button', { name: 'Load the sample' }).click();
  await page.getByTestId('notice').filter({ hasText: '3201 films' }).waitFor({ timeout: 60_000 });
  const table = entry('Movie');
  await table.filter({ hasText: '3,201 items' }).waitFor();
  await summary(/^50 of 50 items/);
  await rows().first().getByRole('button').click();
  const text = editor().getByLabel('Item', { exact: true });
  const film = JSON.parse(await text.inputValue());
  await text.fill(JSON.stringify({ ...film, note: 'mine' }));
  await editor().getByRole('button', { name: 'Save' }).click();
  await editor().waitFor({ state: 'detached' });
  await page.reload();
  await page.getByTestId('backend').filter({ hasText: 'IndexedDB' }).waitFor();
  await table.filter({ hasText: '3,201 items' }).waitFor();
  await summary(/^50 of 50 items/);
  await rows().first().getByRole('button').click();
  assert.equal(JSON.parse(await text.inputValue()).note, 'mine');
  await page.keyboard.press('Escape');
  assert.equal((await filmOf(film.year, film.title)).note, undefined);
  await page.getByLabel('Endpoint').check();
  await page
    .getByTestId('backend')
    .filter({ hasText: new URL(server.endpoint).host })
    .waitFor();
});

test('an endpoint that is gone is told of, and the switch stays where it is', async () => {
  const gone = await startServer('--memory');
  const left = await browser.context.newPage();
  left.setDefaultTimeout(15_000);
  await left.goto(gone.endpoint);
  await left.getByText('Ready', { exact: true }).waitFor();
  await left.getByText('No table yet').waitFor();
  await left.getByRole('tab', { name: 'Cluster' }).click();
  await left.getByText('No partitions: there are no tables yet.').waitFor();
  await gone.stop();
  await left.getByText('The cluster has not answered.').waitFor();
  await left.getByRole('button', { name: 'Refresh' }).click();
  await left
    .getByTestId('notice')
    .filter({ hasText: `the endpoint ${new URL(gone.endpoint).host} does not answer` })
    .waitFor();
  // The page's own region has its code from the same place.
  await left.getByLabel('This browser').click();
  await left.getByTestId('notice').filter({ hasText: 'Connecting' }).waitFor();
  assert.deepEqual(
    [await left.getByLabel('Endpoint').isChecked(), await left.getByLabel('This browser').isChecked()],
    [true, false],
  );
  await left.close();
});

test('everything is reached with the keyboard alone', async () => {
  await page.evaluate(() => localStorage.setItem('snowglobe-console-backend', 'endpoint'));
  await page.reload();
  await page.getByText('Ready', { exact: true }).waitFor();
  await summary(/^50 of 50 items/);
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      return (element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? '')
        .trim()
        .slice(0, 60);
    });
  const reached = [];
  const tabTo = async (pattern, limit = 60) => {
    for (let n = 0; n < limit; n += 1) {
      await page.keyboard.press('Tab');
      const name = await focused();
      reached.push(name);
      if (pattern.test(name)) return;
    }
    assert.fail(`Tab does not reach ${pattern}: ${reached.join(' | ')}`);
  };
  await tabTo(/^Skip to the content/);
  assert.ok(await page.getByText('Skip to the content').isVisible());
  await tabTo(/Endpoint|This browser/);
  await tabTo(/^Movie/);
  await tabTo(/^Items$/);
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(), 'Keys and indexes');
  assert.equal(await page.getByRole('tab', { name: 'Keys and indexes' }).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowLeft');
  await summary(/^50 of 50 items/);
  await tabTo(/^Operation/);
  await tabTo(/^Run$/);
  await page.keyboard.press('Enter');
  await summary(/^50 of 50 items/);
  await tabTo(/^Next page$/);
  await page.keyboard.press('Enter');
  await summary(/on page 2/);
  await page.locator('table.items button').first().focus();
  await page.keyboard.press('Enter');
  await editor().waitFor();
  assert.ok(await editor().evaluate((dialog) => dialog.contains(document.activeElement)), 'the focus is inside the dialog');
  for (let n = 0; n < 12; n += 1) {
    await page.keyboard.press('Tab');
    assert.ok(
      await editor().evaluate((dialog) => dialog.contains(document.activeElement) || document.activeElement === document.body),
      'and stays there',
    );
  }
  await page.keyboard.press('Escape');
  await editor().waitFor({ state: 'detached' });
  assert.equal(
    await page.evaluate(() => document.activeElement.closest('table')?.className.includes('items') ?? false),
    true,
    'the focus is back',
  );
});

test('nothing moves while the page loads', async () => {
  const opened = await open((fresh) =>
    fresh.addInitScript(() => {
      localStorage.setItem('snowglobe-console-backend', 'endpoint');
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (!entry.hadRecentInput)
            globalThis.shifts.push({
              value: entry.value,
              at: entry.sources?.map(({ node }) => node?.outerHTML?.slice(0, 80)),
            });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    }),
  );
  await opened
    .getByTestId('summary')
    .filter({ hasText: /^50 of 50/ })
    .waitFor();
  await opened.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const shifts = await opened.evaluate(() => globalThis.shifts);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  assert.ok(sum < 0.01, `cumulative layout shift ${sum}: ${JSON.stringify(shifts)}`);
  await opened.close();
});

/** Texts that do not stand out from what is behind them: WCAG's contrast below 4.5, disabled controls left out. */
const unreadable = () =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    // A canvas turns any notation of a colour into bytes.
    const bytes = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = bytes(getComputedStyle(at).backgroundColor);
        if (colour[3] > 200) return colour;
      }
      return bytes(
        getComputedStyle(document.documentElement).colorScheme.includes('dark') &&
          matchMedia('(prefers-color-scheme: dark)').matches
          ? '#000'
          : '#fff',
      );
    };
    const poor = [];
    for (const element of document.body.querySelectorAll('*')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
      if (
        !own ||
        element.closest(':disabled, script, style, .skip') ||
        !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      )
        continue;
      const [a, b] = [luminance(bytes(getComputedStyle(element).color)), luminance(behind(element))].sort((x, y) => y - x);
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < 4.5) poor.push(`${element.tagName} "${element.textContent.trim().slice(0, 30)}" ${contrast.toFixed(2)}`);
    }
    return [...new Set(poor)];
  });

for (const colorScheme of ['light', 'dark']) {
  test(`is readable in ${colorScheme}, wide and narrow`, async () => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const name of ['Keys and indexes', 'PartiQL', 'Cluster', 'Items']) {
      await page.getByRole('tab', { name }).click();
      await page.getByRole('tabpanel', { name }).waitFor();
      // Colours change by transitions: what counts is where they end.
      await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
      await shot(`${name.split(' ')[0].toLowerCase()}-${colorScheme}`);
      assert.deepEqual(await unreadable(), [], name);
    }
    await page.setViewportSize({ width: 420, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await shot(`narrow-${colorScheme}`);
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.ok(overflow <= 0, `the page is ${overflow} pixels wider than a narrow window`);
  });
}
