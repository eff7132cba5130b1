import { useState } from 'preact/hooks';
import { objectOf } from '../plain-json.js';
import { attempt, call, refreshTables, refusal, selectedName } from '../state.js';
import { Dialog } from './dialog.js';
import { Problem } from './problem.js';

const TEMPLATE = {
  TableName: 'Order',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'customer', AttributeType: 'S' },
    { AttributeName: 'placed', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'customer', KeyType: 'HASH' },
    { AttributeName: 'placed', KeyType: 'RANGE' },
  ],
};

/** CreateTable as the request it is: every member of the operation can be written. */
export function CreateTable({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState(JSON.stringify(TEMPLATE, null, 2));
  const [problem, setProblem] = useState<string>();
  const create = async (event: Event) => {
    event.preventDefault();
    const input = objectOf(text, setProblem);
    if (input === undefined) return;
    const done = await attempt('CreateTable', async () => {
      await call('CreateTable', input);
      selectedName.value = String(input['TableName']);
      await refreshTables();
      return true;
    });
    if (done) onClose();
    else setProblem(refusal());
  };
  return (
    <Dialog title="CreateTable" onClose={onClose}>
      <form onSubmit={(event) => void create(event)}>
        <label>
          The request, in JSON
          <textarea
            class="code"
            rows={16}
            spellcheck={false}
            autoFocus
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <Problem text={problem} />
        <button type="submit">Create</button>
      </form>
    </Dialog>
  );
}
