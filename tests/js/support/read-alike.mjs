// Reads thirty items with the same attributes through a document client and prints the last: a process of its own, for Node's flags.
import { Snowglobe } from 'snowglobe';

const db = await Snowglobe.open();
const doc = db.documentClient();
await db.createTable({
  TableName: 'Alike',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
});
let last;
for (let id = 0; id < 30; id++) {
  await doc.put({ TableName: 'Alike', Item: { id, name: `Item ${id}`, place: { row: id, seat: 'a' } } });
  ({ Item: last } = await doc.get({ TableName: 'Alike', Key: { id } }));
}
process.stdout.write(`${JSON.stringify(last)}\n`);
await db.close();
