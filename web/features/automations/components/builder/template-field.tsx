import { Input, Textarea } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import styles from './builder.module.css';
import type { EventType } from './draft.ts';
import type { Linted } from './lint-template.ts';
import { variablesOf } from './variable-names.ts';

interface TemplateFieldProps {
  readonly label: string;
  readonly description: string;
  readonly placeholder?: string;
  readonly type: EventType;
  readonly value: string;
  readonly error: string | undefined;
  readonly linted: Linted;
  readonly code?: boolean;
  readonly rows: number;
  readonly onChange: (text: string) => void;
}

/** A text with variables, and the list of those that this event has: one that is pressed goes in where one writes. */
export function TemplateField({ type, code = false, linted, error, onChange, ...field }: TemplateFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });
  const insert = (name: string): void => {
    const { selectionStart: from = field.value.length, selectionEnd: to = from } = area.current ?? {};
    const written = `\${${name}}`;
    caret.current = from + written.length;
    onChange(`${field.value.slice(0, from)}${written}${field.value.slice(to)}`);
    area.current?.focus();
  };
  return (
    <>
      <Textarea
        {...field}
        ref={area}
        className={code ? styles.code : undefined}
        error={error ?? linted.error}
        spellCheck={!code}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Warnings of={linted} />
      <section aria-label="Variables of this event">
        <Input.Label component="div">Variables</Input.Label>
        <div className={styles.variables}>
          {variablesOf(type).map((name) => (
            <button
              key={name}
              type="button"
              className={styles.variable}
              onClick={() => insert(name)}
              aria-label={`Insert ${name}`}
            >
              {name}
            </button>
          ))}
        </div>
      </section>
    </>
  );
}

/** What is hardly meant, each a line. */
export function Warnings({ of: { warnings } }: { readonly of: Linted }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={styles.warnings} aria-live="polite">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}
