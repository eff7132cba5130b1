// Debian's packages, where we may install them.

import { ask, run } from '../lib/run.mjs';
import { StepFailed } from '../lib/terminal.mjs';

/** Whether this is a Debian-like system and we are root. */
export function canApt() {
  return process.getuid?.() === 0 && ask('apt-get', ['--version']) !== undefined;
}

const env = { DEBIAN_FRONTEND: 'noninteractive' };

const update = () => run('Debian’s package lists', 'apt-get', ['update', '-q'], { env, hint: 'check the network.' });

const install = (what, packages) =>
  run(what, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    env,
    hint: `run \`apt-get install ${packages.join(' ')}\` yourself to see why, then start again.`,
  });

/** Installs packages of which any version will do. */
export async function aptInstall(what, packages) {
  if (packages.length === 0) return;
  // A fresh machine has no package lists yet.
  const listed = packages.every((name) => ask('apt-cache', ['show', '--no-all-versions', name]) !== undefined);
  if (!listed) await update();
  try {
    await install(what, packages);
  } catch (error) {
    // Old lists name versions that the mirror no longer has.
    if (!(error instanceof StepFailed) || !listed) throw error;
    await update();
    await install(what, packages);
  }
}

/** Installs, or brings up to date, packages of which only a recent version will do. */
export async function aptInstallNewest(what, packages) {
  await update();
  await install(what, packages);
}
