import type { FormEvent } from 'react';

/** Sends a form without a new page; a form around the dialog that it stands in hears nothing of it. */
export function submitting(send: () => void): (event: FormEvent) => void {
  return (event) => {
    event.preventDefault();
    event.stopPropagation();
    send();
  };
}
