// npm test [-- SUITE...] [-- --dev]: sets up what is missing and runs every suite, or the named ones; all of them even when one
// fails. Ends with a table and one line, `N passed, N failed`, that adds up what the runners counted. --dev tests a quick build
// with debug assertions instead of the one that is published.

import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { build, buildKind, buildOptions } from './build.mjs';
import { browserTests } from './lib/browser-tests.mjs';
import { cargoTargets } from './lib/paths.mjs';
import { ask, runOpen } from './lib/run.mjs';
import { filesUnder } from './lib/stamp.mjs';
import { add, cargoCounts, nextestCounts, nodeCounts, result } from './lib/tally.mjs';
import { main, StepFailed, say, seconds } from './lib/terminal.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureLibraries, ensureRuntimes } from './setup/npm.mjs';
import { ensurePython } from './setup/python.mjs';
import { ensureToolchain } from './toolchain.mjs';

/** Native unit tests, integration tests and doctests. */
async function rust() {
  const target = ['--target-dir', cargoTargets.native];
  if (ask('cargo', ['nextest', '--version']) === undefined) {
    const all = await runOpen('cargo', ['test', '--no-fail-fast', ...target]);
    return result(all.code, cargoCounts(all.output));
  }
  const tests = await runOpen('cargo', ['nextest', 'run', '--no-fail-fast', ...target]);
  const examples = await runOpen('cargo', ['test', '--doc', ...target]);
  // A crate may have no doctest; a failing one is counted.
  const documented = cargoCounts(examples.output);
  return add(
    result(tests.code, nextestCounts(tests.output)),
    examples.code === 0 ? documented : result(examples.code, documented),
  );
}

/** wasm-bindgen-test in headless Chromium: every tests/browser*.rs. */
async function browser() {
  const tests = browserTests();
  if (tests.length === 0) return undefined;
  const env = {
    ...(await ensureToolchain()),
    ...(await ensureBrowser()),
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: 'wasm-bindgen-test-runner',
  };
  const wasm = ['--target', 'wasm32-unknown-unknown', '--target-dir', cargoTargets.wasm];
  const { code, output } = await runOpen('cargo', ['test', '--no-fail-fast', ...wasm, ...tests], { env });
  return result(code, cargoCounts(output));
}

const testFiles = (folder) => filesUnder(`tests/${folder}`).filter((file) => file.endsWith('.test.mjs'));

async function node(folder, { env, concurrency } = {}) {
  const files = testFiles(folder);
  if (files.length === 0) return undefined;
  const flags = ['--test', '--test-reporter=spec', `--test-concurrency=${concurrency ?? availableParallelism()}`];
  const { code, output } = await runOpen(process.execPath, [...flags, ...files], { env });
  return result(code, nodeCounts(output));
}

/** In order; those that need the package come after its build, and do not run when it failed. */
const SUITES = {
  rust: { title: 'Rust: units, properties, doctests', run: rust },
  browser: { title: 'Rust in Chromium', run: browser },
  js: { title: 'JavaScript: the package in Node', built: true, run: () => node('js') },
  python: {
    title: 'boto3 over HTTP',
    built: true,
    run: async () => (testFiles('python').length ? node('python', { env: await ensurePython() }) : undefined),
  },
  libraries: {
    title: 'Libraries over the SDK: electrodb, dynamodb-toolbox, dynamoose, dynamodb-onetable',
    built: true,
    async run() {
      if (testFiles('libraries').length === 0) return undefined;
      await ensureLibraries();
      return node('libraries');
    },
  },
  runtimes: {
    title: 'Chromium, Deno, Bun, workerd from the packed tarball',
    built: true,
    async run() {
      if (testFiles('runtimes').length === 0) return undefined;
      await ensureRuntimes();
      return node('runtimes', { env: await ensureBrowser(), concurrency: 1 });
    },
  },
  console: {
    title: 'The console page in Chromium',
    built: true,
    run: async () =>
      testFiles('console').length ? node('console', { env: await ensureBrowser(), concurrency: 1 }) : undefined,
  },
};

/** Runs one suite; what keeps it from running is a failure of it. */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    say(`\n${error.message}${error.hint ? `\nHow to go on: ${error.hint}` : ''}`);
    return { passed: 0, failed: 1, note: error.message.split('\n')[0] };
  }
}

function table(rows) {
  const width = Math.max(...rows.map(({ title }) => title.length));
  for (const { title, outcome, time } of rows) {
    const counted = outcome
      ? `${String(outcome.passed).padStart(6)} passed ${String(outcome.failed).padStart(4)} failed`
      : 'no such tests'.padStart(25);
    console.log(
      `${outcome?.failed ? '✗' : outcome ? '✓' : '-'} ${title.padEnd(width)} ${counted}  ${seconds(time).padStart(12)}  ${outcome?.note ?? ''}`.trimEnd(),
    );
  }
}

await main(async () => {
  const { values, positionals } = parseArgs({ options: buildOptions, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in SUITES));
  if (unknown.length) {
    throw new StepFailed(`There is no suite ${unknown.join(', ')}.`, `choose from ${Object.keys(SUITES).join(', ')}.`);
  }
  const chosen = Object.entries(SUITES).filter(([name]) => positionals.length === 0 || positionals.includes(name));
  const rows = [];
  const record = async (title, work) => {
    const started = Date.now();
    say(`\n— ${title}`);
    const outcome = await attempt(work);
    rows.push({ title, outcome, time: Date.now() - started });
    return outcome;
  };

  let packaged;
  for (const [, suite] of chosen) {
    if (suite.built && packaged === undefined) {
      const built = await record('Build', async () => {
        await build(buildKind(values));
        return { passed: 0, failed: 0, note: '' };
      });
      packaged = built.failed === 0;
    }
    if (suite.built && !packaged) {
      rows.push({ title: suite.title, outcome: { passed: 0, failed: 1, note: 'not run: no package' }, time: 0 });
      continue;
    }
    await record(suite.title, suite.run);
  }

  console.log();
  table(rows);
  const total = rows.reduce((sum, { outcome }) => add(sum, outcome ?? { passed: 0, failed: 0 }), { passed: 0, failed: 0 });
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed ? 1 : 0;
});
