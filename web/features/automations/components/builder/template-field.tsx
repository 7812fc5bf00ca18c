import { Input, Textarea } from '@mantine/core';
import { useRef } from 'react';
import styles from './builder.module.css';
import type { EventType } from './draft.ts';
import { variablesOf } from './variable-names.ts';

interface TemplateFieldProps {
  readonly label: string;
  readonly description: string;
  readonly placeholder?: string;
  readonly type: EventType;
  readonly value: string;
  readonly error: string | undefined;
  readonly code?: boolean;
  readonly rows: number;
  readonly onChange: (text: string) => void;
}

/** A text with variables, and the list of those that this event has: one that is pressed goes in where one writes. */
export function TemplateField({ type, code = false, onChange, ...field }: TemplateFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string): void => {
    const { selectionStart: from = field.value.length, selectionEnd: to = from } = area.current ?? {};
    onChange(`${field.value.slice(0, from)}\${${name}}${field.value.slice(to)}`);
    area.current?.focus();
  };
  return (
    <>
      <Textarea
        {...field}
        ref={area}
        className={code ? styles.code : undefined}
        spellCheck={!code}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
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
