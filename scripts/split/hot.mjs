// Which functions the primary module keeps: those that a workload ran, and what they may well call the next time.

import { parsed, SECTION } from './binary.mjs';
import { calls, pointedTo } from './calls.mjs';

/** A function of so few bytes is hot if a hot one may call it: whether it ran is often chance (a number that is padded). */
const SMALL = 300;

/**
 * The indices of a module's hot functions: `ran`, and the small ones that those and they reach by name or by pointer. Small ones that
 * call imports of their own are left out, since a runtime compiles a wrapper for each type of import.
 */
export function hotFunctions(bytes, ran) {
  const module = parsed(bytes);
  const imported = module.get(SECTION.import).length;
  const bodies = module.get(SECTION.code);
  const callees = (index) => calls(bodies[index - imported]);
  const isImport = (index) => index < imported;
  const wanted = new Set(ran.flatMap((index) => [...callees(index)].filter(isImport)));
  const isHot = (index) =>
    !isImport(index) &&
    bodies[index - imported].length <= SMALL &&
    [...callees(index)].every((callee) => !isImport(callee) || wanted.has(callee));
  const hot = new Set([...ran, ...pointedTo(module).filter(isHot)]);
  // What is added to a set while it is walked is walked as well.
  for (const index of hot) for (const callee of callees(index)) if (isHot(callee)) hot.add(callee);
  return hot;
}
