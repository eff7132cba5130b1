// boto3 for the tests that use AWS's Python SDK, at the versions of tests/python/requirements.txt, beside the system's own packages.

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, tools } from '../lib/paths.mjs';
import { ask, run } from '../lib/run.mjs';
import { fingerprint, unlessDone } from '../lib/stamp.mjs';
import { StepFailed } from '../lib/terminal.mjs';

const HINT = 'install Python 3 with pip (on Debian: apt-get install python3-pip), or name it in the variable PYTHON.';

/** Answers the environment in which the tests find Python (PYTHON) and its packages. */
export async function ensurePython() {
  const python = process.env.PYTHON ?? 'python3';
  const version = ask(python, ['-m', 'pip', '--version']);
  if (version === undefined) throw new StepFailed('The tests of the Python SDK need Python 3 and pip.', HINT);
  const requirements = join('tests', 'python', 'requirements.txt');
  const packages = join(tools, 'python');
  const print = fingerprint([requirements], [version]);
  await unlessDone({ name: 'python', print, outputs: [packages] }, async () => {
    rmSync(packages, { recursive: true, force: true });
    if (!existsSync(inRoot(requirements)))
      throw new StepFailed(`${requirements} is missing.`, 'check out the whole repository.');
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', packages];
    await run('Python packages for tests', python, [...install, '-r', inRoot(requirements)], { hint: 'check the network.' });
  });
  return { PYTHON: python, PYTHONPATH: packages };
}
