import { attempt, call, consumed, refreshTables } from '../state.js';
import { type IndexDescription, type KeyElement, projectionOf, type TableDescription, typeOf } from '../table.js';
import { Fact } from './fact.js';
import { VectorIndexRow, VectorSearch } from './vectors.js';

/** A table's keys and indexes, its size, and the button that deletes it. */
export function Schema({ table }: { table: TableDescription }) {
  const remove = () => {
    if (!confirm(`Delete the table ${table.TableName} and its ${table.ItemCount} items?`)) return;
    void attempt('DeleteTable', async () => {
      await call('DeleteTable', { TableName: table.TableName });
      await refreshTables();
    });
  };
  const vectors = table.VectorIndexes ?? [];
  return (
    <section>
      <dl class="facts">
        <Fact name="Status" value={table.TableStatus} />
        <Fact name="Items" value={table.ItemCount.toLocaleString('en')} />
        <Fact name="Size" value={`${table.TableSizeBytes.toLocaleString('en')} bytes`} />
        <Fact name="Billing" value={billingOf(table)} />
        <Fact name="Created" value={new Date(table.CreationDateTime * 1000).toLocaleString()} />
        <Fact name="Consumed by this page" value={`${consumed.value.get(table.TableName) ?? 0} units`} />
        <Fact name="ARN" value={table.TableArn} />
      </dl>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {['Name', 'Kind', 'Partition key', 'Sort key', 'Projection', 'Status', 'Items'].map((title) => (
                <th scope="col" key={title} class={title === 'Items' ? 'number' : ''}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{table.TableName}</th>
              <td>Table</td>
              <Keys table={table} keys={table.KeySchema} />
              <td>everything</td>
              <td>{table.TableStatus}</td>
              <td class="number">{table.ItemCount.toLocaleString('en')}</td>
            </tr>
            {(table.GlobalSecondaryIndexes ?? []).map((index) => (
              <IndexRow table={table} index={index} kind="Global index" key={index.IndexName} />
            ))}
            {(table.LocalSecondaryIndexes ?? []).map((index) => (
              <IndexRow table={table} index={index} kind="Local index" key={index.IndexName} />
            ))}
            {vectors.map((index) => (
              <VectorIndexRow index={index} key={index.IndexName} />
            ))}
          </tbody>
        </table>
      </div>
      {vectors.length > 0 && <VectorSearch table={table} indexes={vectors} key={table.TableName} />}
      <button type="button" class="secondary" onClick={remove}>
        Delete the table
      </button>
    </section>
  );
}

function billingOf(table: TableDescription): string {
  if (table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return 'on demand';
  const units = table.ProvisionedThroughput;
  return `provisioned: ${units?.ReadCapacityUnits ?? 0} read, ${units?.WriteCapacityUnits ?? 0} write units`;
}

function IndexRow({ table, index, kind }: { table: TableDescription; index: IndexDescription; kind: string }) {
  return (
    <tr>
      <th scope="row">{index.IndexName}</th>
      <td>{kind}</td>
      <Keys table={table} keys={index.KeySchema} />
      <td>{projectionOf(index)}</td>
      <td>{index.IndexStatus ?? table.TableStatus}</td>
      <td class="number">{(index.ItemCount ?? 0).toLocaleString('en')}</td>
    </tr>
  );
}

function Keys({ table, keys }: { table: TableDescription; keys: readonly KeyElement[] }) {
  const list = (type: KeyElement['KeyType']) =>
    keys
      .filter(({ KeyType }) => KeyType === type)
      .map(({ AttributeName }) => `${AttributeName} (${typeOf(table, AttributeName)})`)
      .join(', ');
  return (
    <>
      <td>{list('HASH')}</td>
      <td>{list('RANGE')}</td>
    </>
  );
}
