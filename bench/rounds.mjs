// Interleaved rounds: every subject runs a short burst of every operation in turn, again and again, so that whatever else the
// machine does falls on all of them alike. A figure is a median over rounds, and the best round beside it.

/**
 * @param {Array<{name: string, operations: Record<string, (n: number) => unknown>}>} subjects
 * @param {string[]} operations
 * @param {{rounds: number, burst: Record<string, number> | number, now?: () => number}} plan
 * @returns {Promise<Record<string, Record<string, {median: number, best: number}>>>} microseconds per operation
 */
export async function measure(subjects, operations, plan) {
  const now = plan.now ?? (() => performance.now());
  const samples = {};
  for (let round = -1; round < plan.rounds; round += 1) {
    for (const operation of operations) {
      const burst = typeof plan.burst === 'number' ? plan.burst : plan.burst[operation];
      for (const subject of rotated(subjects, round)) {
        const run = subject.operations[operation];
        if (run === undefined) continue;
        const began = now();
        for (let i = 0; i < burst; i += 1) {
          const result = run((round + 1) * burst + i);
          if (result instanceof Promise) await result;
        }
        const elapsed = ((now() - began) * 1000) / burst;
        // The first round is warm-up: compilers and caches, not the subject.
        if (round < 0) continue;
        samples[subject.name] ??= {};
        samples[subject.name][operation] ??= [];
        samples[subject.name][operation].push(elapsed);
      }
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, byOperation]) => [
      name,
      Object.fromEntries(Object.entries(byOperation).map(([operation, times]) => [operation, summary(times)])),
    ]),
  );
}

function rotated(list, by) {
  const shift = ((by % list.length) + list.length) % list.length;
  return [...list.slice(shift), ...list.slice(0, shift)];
}

/** Median and best of a list of times. */
export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], best: sorted[0] };
}

/** Prints one table: a row a subject, a column an operation, `median (best)` in microseconds and the ratio to the first row's. */
export function printTable(title, results, operations, baseline, targets = {}) {
  const names = Object.keys(results);
  const width = Math.max(...names.map((name) => name.length), 10);
  console.log(`\n${title}`);
  console.log(`${''.padEnd(width)}  ${operations.map((operation) => operation.padStart(30)).join('')}`);
  for (const name of names) {
    const cells = operations.map((operation) => {
      const figure = results[name][operation];
      if (figure === undefined) return '-'.padStart(30);
      const base = results[baseline]?.[operation];
      const ratio = base && name !== baseline ? `  ${(figure.median / base.median).toFixed(2)}x` : '';
      return `${format(figure.median)} (${format(figure.best)})${ratio}`.padStart(30);
    });
    console.log(`${name.padEnd(width)}  ${cells.join('')}`);
  }
  for (const [operation, { subject, limit }] of Object.entries(targets)) {
    const figure = results[subject]?.[operation];
    const base = results[baseline]?.[operation];
    if (!figure || !base) continue;
    const ratio = figure.median / base.median;
    console.log(
      `  ${ratio <= limit ? 'reached' : 'MISSED '}  ${operation}: ${ratio.toFixed(2)}x of ${baseline}, target ${limit}x`,
    );
  }
}

function format(microseconds) {
  return microseconds >= 1000 ? `${(microseconds / 1000).toFixed(2)} ms` : `${microseconds.toFixed(2)} us`;
}
