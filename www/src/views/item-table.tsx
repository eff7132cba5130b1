import type { Item } from '../backend.js';
import { cellText } from '../plain-json.js';

const COLUMNS_MAX = 12;

interface Props {
  readonly label: string;
  /** Names of attributes that come first and stand out. */
  readonly keys: readonly string[];
  readonly items: readonly Item[];
  /** Makes the first column of each item a button that opens it. */
  readonly onOpen?: (item: Item) => void;
}

/** Items as rows, their attributes as columns. */
export function ItemTable({ label, keys, items, onOpen }: Props) {
  const others = new Set(items.flatMap((item) => Object.keys(item)).filter((name) => !keys.includes(name)));
  const names = [...keys, ...others];
  const columns = names.slice(0, COLUMNS_MAX);
  const hidden = names.slice(COLUMNS_MAX);
  const numeric = new Set(columns.filter((name) => items.some((item) => item[name]?.['N'] !== undefined)));
  return (
    <section class="scroll" aria-label={label}>
      <table class="striped items">
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col" key={name} class={`${keys.includes(name) ? 'key' : ''} ${numeric.has(name) ? 'number' : ''}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, row) => (
            <tr key={row}>
              {columns.map((name, position) => (
                <td key={name} class={item[name]?.['N'] === undefined ? '' : 'number'}>
                  {position === 0 && onOpen !== undefined ? (
                    <button type="button" class="link" onClick={() => onOpen(item)}>
                      {cellText(item[name])}
                    </button>
                  ) : (
                    cellText(item[name])
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden.length > 0 && <p class="quiet">Not shown here: {hidden.join(', ')}</p>}
      {items.length === 0 && <p class="empty">No items on this page.</p>}
    </section>
  );
}
