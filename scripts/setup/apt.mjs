// Debian's packages, where we may install them.

import { ask, run } from '../lib/run.mjs';
import { StepFailed } from '../lib/terminal.mjs';

/** Whether this is a Debian-like system and we are root. */
export function canApt() {
  return process.getuid?.() === 0 && ask('apt-get', ['--version']) !== undefined;
}

export async function aptInstall(what, packages) {
  if (packages.length === 0) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const hint = `run \`apt-get install ${packages.join(' ')}\` yourself to see why, then start again.`;
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  const update = () => run('Debian’s package lists', 'apt-get', ['update', '-q'], { env, hint: 'check the network.' });
  // A fresh machine has no package lists yet.
  const listed = packages.every((name) => ask('apt-cache', ['show', '--no-all-versions', name]) !== undefined);
  if (!listed) await update();
  try {
    await run(what, 'apt-get', install, { env, hint });
  } catch (error) {
    // Old lists name versions that the mirror no longer has.
    if (!(error instanceof StepFailed) || !listed) throw error;
    await update();
    await run(what, 'apt-get', install, { env, hint });
  }
}
