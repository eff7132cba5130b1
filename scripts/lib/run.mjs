// Child processes: quiet ones whose output goes to a log and is shown only when they fail, and open ones whose output a person
// wants to see and a caller wants to read.

import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, tools } from './paths.mjs';
import { StepFailed, step } from './terminal.mjs';

const HEAD_LINES = 15;
const TAIL_LINES = 30;

/** The output of a short command, or undefined when it is missing or fails. */
export function ask(command, args, options = {}) {
  const asked = spawnSync(command, args, { encoding: 'utf8', ...options });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

function start(command, args, { cwd = root, env, stdio }) {
  return spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
}

const RUST = 'install Rust 1.95 or later (https://rustup.rs), open a new terminal, and run the same command again.';
const NODE = 'install Node with npm (https://nodejs.org), and run the same command again.';
/** How to get the commands that nothing here installs. */
const REMEDIES = { cargo: RUST, rustc: RUST, npm: NODE, npx: NODE };

/** A command that is not there. */
export class CommandMissing extends StepFailed {
  constructor(command) {
    super(`${command} is not installed or not on PATH.`, REMEDIES[command]);
  }
}

function finished(child, command) {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      reject(error.code === 'ENOENT' ? new CommandMissing(command) : error);
    });
    child.on('close', (code, signal) => resolve(signal ? 128 : code));
  });
}

/** Runs a command quietly as one titled step. Rejects with the end of its output and `hint` when it fails. */
export function run(title, command, args, { cwd, env, hint, log = title, timeout } = {}) {
  return step(title, async (show) => {
    mkdirSync(join(tools, 'logs'), { recursive: true });
    const path = join(tools, 'logs', `${log.replace(/[^\w.-]+/g, '-').toLowerCase()}.log`);
    const file = openSync(path, 'w');
    // What went wrong stands at the beginning for some tools and at the end for others.
    const head = [];
    const tail = [];
    let partial = '';
    const keep = (chunk) => {
      writeSync(file, chunk);
      const lines = (partial + chunk).split(/[\r\n]+/);
      partial = lines.pop() ?? '';
      for (const line of lines) if (line.trim()) (head.length < HEAD_LINES ? head : tail).push(line);
      if (tail.length > TAIL_LINES) tail.splice(0, tail.length - TAIL_LINES);
      const progress = lines.findLast((line) => /\w{3}/.test(line));
      if (progress) show(progress.trim());
    };
    const child = start(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const timer = timeout && setTimeout(() => child.kill(), timeout);
    try {
      const code = await finished(child, command);
      if (code !== 0) {
        if (partial.trim()) tail.push(partial);
        const shown = [...head, ...tail].join('\n');
        throw new StepFailed(
          `${title}: \`${[command, ...args].join(' ')}\` ended with code ${code}.\n${shown}\n(all of it: ${path})`,
          hint,
        );
      }
    } finally {
      clearTimeout(timer);
      closeSync(file);
    }
  });
}

/** Runs a command in the open; resolves to its exit code and all it printed. */
export async function runOpen(command, args, { cwd, env } = {}) {
  const child = start(command, args, { cwd, env, stdio: ['inherit', 'pipe', 'pipe'] });
  let output = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      to.write(chunk);
    });
  }
  return { code: await finished(child, command), output };
}

/**
 * Hands the terminal to a command until it ends, passing on the signals that ask us to stop; resolves to its exit code. The first
 * line of its output that matches `intercept` is not shown but given to `onIntercept`; when that rejects the command is stopped.
 */
export async function become(command, args, { cwd, env, intercept, onIntercept } = {}) {
  const child = start(command, args, { cwd, env, stdio: ['inherit', intercept ? 'pipe' : 'inherit', 'inherit'] });
  const ended = finished(child, command);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  if (!intercept) return ended;
  const intercepted = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const match = intercept?.exec(line);
      if (!match) {
        console.log(line);
        return;
      }
      intercept = undefined;
      onIntercept(match).then(resolve, reject);
    });
  });
  try {
    await Promise.race([intercepted, ended]);
  } catch (error) {
    child.kill();
    await ended;
    throw error;
  }
  return ended;
}
