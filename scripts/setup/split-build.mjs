// The module in two parts, for hosts that read files: which functions are hot is found by running an instrumented module.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, inRoot } from '../lib/paths.mjs';
import { ask } from '../lib/run.mjs';
import { StepFailed, step } from '../lib/terminal.mjs';
import { hotFunctions } from '../split/hot.mjs';
import { instrumented } from '../split/instrument.mjs';
import { split } from '../split/split.mjs';
import { wasmFile } from './rust-build.mjs';

/** The parts' files, by name: beside the compiled sources, whose entries look for them there as the package's do. */
export const partFiles = {
  primary: join(compiled, 'snowglobe_wasm_primary.wasm'),
  secondary: join(compiled, 'snowglobe_wasm_secondary.wasm'),
};

/** Runs the workload on the compiled sources; answers the indices of the functions that ran. */
function functionsThatRan(whole) {
  const file = inRoot('target', 'instrumented.wasm');
  writeFileSync(file, instrumented(whole));
  const workload = inRoot('scripts', 'split', 'workload.mjs');
  const printed = ask(process.execPath, [workload, file, join(compiled, 'index.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (printed === undefined)
    throw new StepFailed('package: the workload failed.', 'see above; it is scripts/split/workload.mjs.');
  return JSON.parse(printed);
}

/** Writes the two parts. The sources must have been compiled. */
export async function buildParts() {
  await step('package: split the module', () => {
    const whole = readFileSync(wasmFile);
    const parts = split(whole, hotFunctions(whole, functionsThatRan(whole)));
    for (const [part, file] of Object.entries(partFiles)) writeFileSync(file, parts[part]);
  });
}
