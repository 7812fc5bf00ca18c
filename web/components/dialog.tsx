import { Modal, type ModalProps } from '@mantine/core';
import { useEffect } from 'react';

/** A dialog, which is open unless it is said otherwise. Afterwards the focus is where it was before. */
export function Dialog({ opened = true, ...props }: Omit<ModalProps, 'opened'> & { readonly opened?: boolean }) {
  useFocusReturned(opened);
  return <Modal opened={opened} {...props} />;
}

/** Gives the focus back where the library does not: it knows of no dialog that is there only while it is open. */
function useFocusReturned(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement;
    return () => {
      setTimeout(() => isLost() && opener instanceof HTMLElement && opener.focus({ preventScroll: true }));
    };
  }, [isOpen]);
}

/** Whether nothing has the focus: what had it is gone, and nobody has moved it since. */
function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
