// What a person sees: one line a step, its elapsed time ticking while it runs, and for a failure how to go on.

const live = process.stderr.isTTY === true;
const QUIET_REPORT_MS = 15_000;

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A step that could not be done; `hint` says what the person can do about it. */
export class StepFailed extends Error {
  constructor(message, hint) {
    super(message);
    this.name = 'StepFailed';
    this.hint = hint;
  }
}

export function seconds(milliseconds) {
  const whole = Math.round(milliseconds / 1000);
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Runs `work` under a title. `work` gets a function to show what it is at. */
export async function step(title, work) {
  const started = Date.now();
  let detail = '';
  let reported = started;
  const tick = () => {
    const elapsed = seconds(Date.now() - started);
    if (live) {
      const line = `… ${title} (${elapsed}) ${detail}`;
      process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns || 80) - 1)}`);
    } else if (Date.now() - reported >= QUIET_REPORT_MS) {
      reported = Date.now();
      say(`  … ${elapsed} ${detail}`.trimEnd());
    }
  };
  if (live) tick();
  else say(`… ${title}`);
  const timer = setInterval(tick, live ? 200 : 1000);
  const finish = (mark) => {
    clearInterval(timer);
    say(`${live ? '\r\x1b[2K' : ''}${mark} ${title} (${seconds(Date.now() - started)})`);
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}

/** Runs a script's body; a failure is told once, with its hint, and becomes the exit code. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? process.exitCode ?? 0;
  } catch (error) {
    if (error instanceof StepFailed) {
      say(`\n${error.message}`);
      if (error.hint) say(`How to go on: ${error.hint}`);
    } else if (error?.code?.startsWith?.('ERR_PARSE_ARGS')) {
      say(`\n${error.message}`);
      say('How to go on: CONTRIBUTING.md lists the commands and their options.');
    } else {
      say(`\n${error instanceof Error ? error.stack : error}`);
    }
    process.exitCode = 1;
  }
}
