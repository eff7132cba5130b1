// What the benchmark's page runs.

import { Snowglobe } from '/pkg/dist/entries/browser.js';
import { floorSubject } from './floor.mjs';
import { measure } from './rounds.mjs';
import { snowglobeSubject } from './snowglobe-subject.mjs';

export async function run({ rounds, count, operations, burst }) {
  const subjects = [floorSubject(count), await snowglobeSubject(Snowglobe, count)];
  return measure(subjects, operations, { rounds, burst });
}
