import type { ComponentChildren, ComponentProps } from 'preact';

/** A form that stands for a request: it is sent by its own button, or by Enter in a field. */
export function RequestForm({ onRun, children }: { onRun: () => void; children: ComponentChildren }) {
  return (
    <form
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      {children}
    </form>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  /** Takes the room that the other fields of its row leave. */
  readonly wide?: boolean;
}

/** A line of text. */
export function TextField({ label, value, onInput, wide, ...input }: TextProps) {
  return (
    <label class={wide ? 'wide' : undefined}>
      {label}
      <input {...input} value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </label>
  );
}

interface CodeProps extends Omit<ComponentProps<'textarea'>, 'label' | 'onInput' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** Lines of JSON or of PartiQL. */
export function Code({ label, value, onInput, ...area }: CodeProps) {
  return (
    <label>
      {label}
      <textarea
        {...area}
        class="code"
        spellcheck={false}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** The most items that a page is to have. */
export function PageSize({ value, onInput }: Pick<TextProps, 'value' | 'onInput'>) {
  return (
    <label class="narrow">
      Page size
      <input inputMode="numeric" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
    </label>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  /** What can be chosen, and what each is called. */
  readonly options: readonly (readonly [value: T, name: string])[];
  readonly onChange: (value: T) => void;
}

/** One of several. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map(([option, name]) => (
          <option value={option} key={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Yes or no. */
export function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

/** The button that sends the form. */
export function RunButton({ children }: { children: string }) {
  return (
    <button type="submit" class="run">
      {children}
    </button>
  );
}
