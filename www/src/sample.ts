import moviesUrl from '../../node_modules/vega-datasets/data/movies.json?url';
import { movieItems, moviesTable } from '../../scripts/sample/movies.mjs';
import { itemOf } from './plain-json.js';
import { attempt, call, notice, refreshTables, selectedName } from './state.js';

/** Makes the sample table and fills it, a batch at a time. */
export async function loadSample(): Promise<void> {
  await attempt('Loading the sample', async () => {
    const records = (await (await fetch(moviesUrl)).json()) as unknown[];
    const items = movieItems(records).map(itemOf);
    const { TableName } = moviesTable;
    await call('CreateTable', moviesTable);
    for (let first = 0; first < items.length; first += 25) {
      const requests = items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
      await call('BatchWriteItem', { RequestItems: { [TableName]: requests } });
    }
    selectedName.value = TableName;
    await refreshTables();
    notice.value = { kind: 'done', title: 'Loaded', text: `${items.length} films are in the table ${TableName}.` };
  });
}
