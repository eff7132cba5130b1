// Stores for tests: one in memory that keeps what a crash would leave.

/** The failure that the machine's loss of power looks like to whoever writes. */
export class PowerLoss extends Error {
  name = 'PowerLoss';
}

/**
 * A store in memory whose power fails at its n-th change. `tear` says what the change under way leaves behind: nothing of it, a part of
 * its value (for a put), or the whole of it without an answer. After that every call fails until `recover` gives a store with what is left.
 */
export class CrashingStorage {
  #entries;
  #changes = 0;
  #dead = false;

  constructor({
    maxValueBytes = 8 * 1024 * 1024,
    failAt = Number.POSITIVE_INFINITY,
    tear = 'nothing',
    entries = new Map(),
  } = {}) {
    this.maxValueBytes = maxValueBytes;
    this.failAt = failAt;
    this.tear = tear;
    this.#entries = entries;
  }

  /** How many changes were asked for. */
  get changes() {
    return this.#changes;
  }

  /** Whether the power has failed. */
  get dead() {
    return this.#dead;
  }

  get entries() {
    return new Map(this.#entries);
  }

  /** What is found when the power is back. */
  recover(options = {}) {
    return new CrashingStorage({ maxValueBytes: this.maxValueBytes, ...options, entries: new Map(this.#entries) });
  }

  #alive() {
    if (this.#dead) throw new PowerLoss('the power is gone');
  }

  #change(apply, torn) {
    this.#alive();
    this.#changes += 1;
    if (this.#changes < this.failAt) return apply();
    this.#dead = true;
    if (this.tear === 'all') apply();
    else if (this.tear === 'part') torn?.();
    throw new PowerLoss(`the power failed at change ${this.#changes}`);
  }

  async get(key) {
    this.#alive();
    return this.#entries.get(key)?.slice();
  }

  async put(key, value) {
    if (value.length > this.maxValueBytes) throw new Error(`a value of ${value.length} bytes is above ${this.maxValueBytes}`);
    const kept = value.slice();
    this.#change(
      () => void this.#entries.set(key, kept),
      () => void this.#entries.set(key, kept.slice(0, Math.floor(kept.length / 2))),
    );
  }

  async delete(key) {
    this.#change(() => void this.#entries.delete(key));
  }

  async list(prefix) {
    this.#alive();
    return [...this.#entries.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  async batch(operations) {
    // All or none, so that only the whole batch is one change.
    this.#change(() => {
      for (const { key, value } of operations) {
        if (value === undefined) this.#entries.delete(key);
        else this.#entries.set(key, value.slice());
      }
    });
  }
}
