import { Alert } from '@mantine/core';

/** What was refused of a form as a whole, where no field is at fault. */
export function FormFault({ message }: { readonly message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <Alert color="red" variant="light">
      {message}
    </Alert>
  );
}
