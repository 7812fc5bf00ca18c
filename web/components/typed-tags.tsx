import { TagsInput, type TagsInputProps } from '@mantine/core';

/** Texts that are typed one after the other. Nothing is offered: so nothing opens, which Escape would have to close first. */
export function TypedTags(props: Omit<TagsInputProps, 'data'>) {
  return <TagsInput {...props} dropdownOpened={false} />;
}
