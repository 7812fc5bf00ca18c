import { ActionIcon, Badge, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useFocusBack } from '../use-focus-back.ts';
import styles from './in-place.module.css';
import { useSaving } from './use-saving.ts';

interface EditableTagsProps {
  readonly tags: readonly string[];
  /** `undefined` for who may not. */
  readonly save: ((tags: string[]) => Promise<unknown>) | undefined;
}

/** Tags that are added and taken away where they stand. */
export function EditableTags({ tags, save }: EditableTagsProps) {
  const [isOpen, setOpen] = useState(false);
  const { button, giveBack } = useFocusBack();
  const saving = useSaving(save ?? (async () => {}), giveBack);
  const close = () => setOpen(false);
  return (
    <span className={styles.tags}>
      {tags.length === 0 && save === undefined && <span className={styles.none}>none</span>}
      {tags.map((tag) => (
        <Badge
          key={tag}
          variant="default"
          size="sm"
          rightSection={
            save !== undefined && (
              <ActionIcon
                variant="transparent"
                color="gray"
                size={14}
                aria-label={`Remove tag ${tag}`}
                onClick={() => saving.start(tags.filter((each) => each !== tag))}
              >
                <X size={12} aria-hidden />
              </ActionIcon>
            )
          }
        >
          {tag}
        </Badge>
      ))}
      {save !== undefined &&
        (isOpen ? (
          <NewTag
            tags={tags}
            save={save}
            onLeft={close}
            onDone={() => {
              close();
              giveBack();
            }}
          />
        ) : (
          <Button
            ref={button}
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<Plus size={12} aria-hidden />}
            onClick={() => setOpen(true)}
          >
            Add tag
          </Button>
        ))}
      {saving.fault !== undefined && (
        <span className={styles.fault} role="alert">
          {saving.fault}
        </span>
      )}
    </span>
  );
}

interface NewTagProps {
  readonly tags: readonly string[];
  readonly save: (tags: string[]) => Promise<unknown>;
  readonly onDone: () => void;
  /** Somebody has gone elsewhere. */
  readonly onLeft: () => void;
}

function NewTag({ tags, save, onDone, onLeft }: NewTagProps) {
  const [tag, setTag] = useState('');
  const saving = useSaving(save, () => setTag(''));
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const given = tag.trim();
    if (given === '' || tags.includes(given)) onDone();
    else saving.start([...tags, given]);
  };
  return (
    <form onSubmit={add}>
      <TextInput
        aria-label="New tag"
        placeholder="New tag"
        size="xs"
        autoFocus
        value={tag}
        error={saving.fault}
        readOnly={saving.isPending}
        onChange={({ currentTarget }) => setTag(currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        onBlur={() => tag === '' && onLeft()}
      />
    </form>
  );
}
