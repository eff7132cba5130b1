// The three clocks: the host's, one that moves only as far as requests need, and a caller's function. A clock tells the time and brings
// the session back when a deadline has come; it never calls the engine.

/** Which clock a database runs on: the host's, a virtual one, or a function that returns epoch milliseconds. */
export type ClockOption = 'real' | 'virtual' | (() => number);

/** Where a virtual clock starts: 2030-01-01T00:00:00Z. */
export const virtualEpochMs = 1_893_456_000_000;

/** Longest wait of one timer; hosts take waits of 2^31 ms and more for none at all. */
const timerMsMax = 0x7fff_ffff;

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Calls `due` once the time is `deadline`; a later call takes the place of an earlier one. `needed` says that a request waits for it:
   * only then does a virtual clock move and a timer keep the process alive.
   */
  schedule(deadline: number, needed: boolean, due: () => void): void;
  cancel(): void;
  /** Moves a virtual clock on. @throws Error on a clock that is not ours to move. */
  advanceTo(time: number): void;
}

export function makeClock(option: ClockOption, start?: number): Clock {
  if (option === 'real') return new TimerClock(Date.now);
  return option === 'virtual' ? new VirtualClock(start ?? virtualEpochMs) : new TimerClock(() => timeOf(option));
}

/** Latest time that a Date can be. */
const timeMsMax = 8.64e15;

/** What a caller's function says. @throws TypeError if that is no time, and whatever the function throws */
function timeOf(clock: () => number): number {
  const time: unknown = clock();
  if (typeof time === 'number' && time >= 0 && time <= timeMsMax) return time;
  throw new TypeError(`The clock says ${String(time)}; it must return epoch milliseconds`);
}

class TimerClock implements Clock {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly now: () => number) {}

  schedule(deadline: number, needed: boolean, due: () => void): void {
    this.cancel();
    // A millisecond at least: a function's clock may stand still, and must not keep the event loop from everything else.
    const wait = Math.min(Math.max(Math.ceil(this.until(deadline)), 1), timerMsMax);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.until(deadline) > 0) this.schedule(deadline, needed, due);
      else due();
    }, wait);
    if (!needed) (this.timer as { unref?: () => void }).unref?.();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** A clock that fails here will fail `due`, which knows whom to tell. */
  private until(deadline: number): number {
    try {
      return deadline - this.now();
    } catch {
      return 0;
    }
  }

  advanceTo(): void {
    throw new Error("cluster.advance() needs a database opened with clock: 'virtual'");
  }
}

class VirtualClock implements Clock {
  private turn = 0;

  constructor(private time: number) {}

  readonly now = (): number => this.time;

  /** Two turns of the microtask queue, so that whoever awaited the request that has just completed may ask for more first. */
  schedule(deadline: number, needed: boolean, due: () => void): void {
    const turn = ++this.turn;
    if (!needed) return;
    void Promise.resolve()
      .then(() => undefined)
      .then(() => {
        if (turn !== this.turn) return;
        this.advanceTo(deadline);
        due();
      });
  }

  cancel(): void {
    this.turn++;
  }

  advanceTo(time: number): void {
    this.time = Math.max(this.time, time);
  }
}
