// What the test runners counted, read from what they print, and the table at the end.

/** Sums the `passed`/`failed` groups of every match of `pattern`. */
function sum(output, pattern) {
  const counts = { passed: 0, failed: 0 };
  for (const { groups } of output.matchAll(pattern)) {
    counts.passed += Number(groups.passed ?? 0);
    counts.failed += Number(groups.failed ?? 0);
  }
  return counts;
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const plain = (output) => output.replace(ESCAPES, '');

/** cargo test and wasm-bindgen-test-runner: one line a test binary. */
export const cargoCounts = (output) => sum(plain(output), /^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed/gm);

/** cargo nextest: `Summary [ 1.2s] 5 tests run: 4 passed (1 slow), 1 failed, 2 skipped`, with parts left out that are none. */
export function nextestCounts(output) {
  const summary = plain(output).match(/^\s*Summary \[.*$/m)?.[0] ?? '';
  const count = (word) => Number(summary.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  return { passed: count('passed'), failed: count('failed') + count('timed out') };
}

/** node --test: `ℹ pass 3`, `ℹ fail 1`, `ℹ cancelled 0` (spec), or `# pass 3` (tap). */
export const nodeCounts = (output) => sum(plain(output), /^[#ℹ] (?:pass (?<passed>\d+)|(?:fail|cancelled) (?<failed>\d+))$/gmu);

/**
 * The result of one suite from a runner's exit code and counts. A runner that failed without counting a failure, or that found
 * no test where there are test files, is one failure: nothing may pass by not running.
 */
export function result(code, counts) {
  const silent = code !== 0 && counts.failed === 0;
  const empty = code === 0 && counts.passed === 0 && counts.failed === 0;
  return {
    ...counts,
    failed: counts.failed + (silent || empty ? 1 : 0),
    note: empty ? 'ran no test' : silent ? `ended with code ${code}` : '',
  };
}

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  note: [a.note, b.note].filter(Boolean).join('; '),
});
