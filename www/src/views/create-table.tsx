import { useState } from 'preact/hooks';
import type { Document } from '../backend.js';
import { attempt, call, notice, refreshTables, selectedName } from '../state.js';
import { Dialog } from './dialog.js';

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
    const input = parsed(text, setProblem);
    if (input === undefined) return;
    const done = await attempt('CreateTable', async () => {
      await call('CreateTable', input);
      selectedName.value = String(input['TableName']);
      await refreshTables();
      return true;
    });
    if (done) onClose();
    else setProblem(notice.value && `${notice.value.title}: ${notice.value.text}`);
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
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="error problem" role="alert">
          {problem}
        </p>
        <button type="submit">Create</button>
      </form>
    </Dialog>
  );
}

/** The text as an object, or undefined with the reason reported. */
export function parsed(text: string, report: (problem: string | undefined) => void): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      report(undefined);
      return value as Document;
    }
    report('This is not a JSON object.');
  } catch (error) {
    report(error instanceof Error ? error.message : String(error));
  }
  return undefined;
}
