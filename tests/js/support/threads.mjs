// A table to query and to scan.

import { attribute, key } from '../../support/definitions.mjs';

/** A table of messages in threads, by number; a thread of 20, one of 5, one of 1. */
export async function threads(region) {
  const TableName = await region.table({
    AttributeDefinitions: [attribute('thread', 'S'), attribute('no', 'N')],
    KeySchema: [key('thread'), key('no', 'RANGE')],
  });
  for (const [thread, count] of [
    ['long', 20],
    ['short', 5],
    ['single', 1],
  ]) {
    for (let no = 1; no <= count; no += 1) {
      await region.documents.put({
        TableName,
        Item: { thread, no, even: no % 2 === 0, text: `${thread} ${no}`, by: { name: 'n' } },
      });
    }
  }
  return TableName;
}
