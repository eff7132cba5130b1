import { useState } from 'preact/hooks';
import type { Item } from '../backend.js';
import { itemOf, objectOf, plainItem } from '../plain-json.js';
import { attempt, call, refreshTables, refusal } from '../state.js';
import { keyNamesOf, type TableDescription, typeOf } from '../table.js';
import { Dialog } from './dialog.js';
import { Problem } from './problem.js';

interface Props {
  readonly table: TableDescription;
  readonly item: Item | undefined;
  readonly onClose: (changed: boolean) => void;
}

type Form = 'plain' | 'typed';

/** An item as text, in plain JSON or in DynamoDB JSON; the service's own words when it refuses. */
export function Editor({ table, item, onClose }: Props) {
  const [form, setForm] = useState<Form>('plain');
  const [text, setText] = useState(() => textOf(item ?? templateOf(table), 'plain'));
  const [problem, setProblem] = useState<string>();

  const switchTo = (next: Form) => {
    const current = itemFrom(text, form, setProblem);
    if (current === undefined) return;
    setText(textOf(current, next));
    setForm(next);
  };
  const run = async (operation: 'PutItem' | 'DeleteItem') => {
    const current = itemFrom(text, form, setProblem);
    if (current === undefined) return;
    const input =
      operation === 'PutItem'
        ? { TableName: table.TableName, Item: current }
        : { TableName: table.TableName, Key: keyOf(table, item ?? current) };
    const done = await attempt(operation, async () => {
      await call(operation, input);
      await refreshTables();
      return true;
    });
    if (done) onClose(true);
    else setProblem(refusal());
  };
  return (
    <Dialog
      title={item === undefined ? `New item in ${table.TableName}` : `Item of ${table.TableName}`}
      wide
      onClose={() => onClose(false)}
    >
      <fieldset class="switch">
        <legend class="quiet">Written in</legend>
        <label>
          <input type="radio" name="form" checked={form === 'plain'} onChange={() => switchTo('plain')} />
          Plain JSON
        </label>
        <label>
          <input type="radio" name="form" checked={form === 'typed'} onChange={() => switchTo('typed')} />
          DynamoDB JSON
        </label>
      </fieldset>
      <textarea
        class="code"
        aria-label="Item"
        rows={18}
        spellcheck={false}
        autoFocus
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Problem text={problem} />
      <div class="buttons">
        <button type="button" onClick={() => void run('PutItem')}>
          Save
        </button>
        {item !== undefined && (
          <button type="button" class="secondary" onClick={() => void run('DeleteItem')}>
            Delete
          </button>
        )}
      </div>
    </Dialog>
  );
}

function textOf(item: Item, form: Form): string {
  return JSON.stringify(form === 'plain' ? plainItem(item) : item, null, 2);
}

function itemFrom(text: string, form: Form, report: (problem: string | undefined) => void): Item | undefined {
  const value = objectOf(text, report);
  if (value === undefined) return undefined;
  return form === 'plain' ? itemOf(value) : (value as Item);
}

function keyOf(table: TableDescription, item: Item): Item {
  const names = keyNamesOf(table);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

const BLANK = { S: { S: '' }, N: { N: '0' }, B: { B: '' } };

function templateOf(table: TableDescription): Item {
  return Object.fromEntries(keyNamesOf(table).map((name) => [name, BLANK[typeOf(table, name)]]));
}
