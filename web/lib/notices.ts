import { notifications } from '@mantine/notifications';

const SHARED = { withBorder: true, closeButtonProps: { 'aria-label': 'Close' } };

/** Tells of what failed, until it is closed or ten seconds have passed. */
export function tellError(message: string): void {
  notifications.show({ ...SHARED, title: 'That did not work', message, color: 'red', autoClose: 10_000 });
}

export function tellDone(message: string): void {
  notifications.show({ ...SHARED, message, color: 'teal', autoClose: 4_000 });
}
