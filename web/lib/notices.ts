import { notifications } from '@mantine/notifications';

/** Tells of what failed, until it is closed or ten seconds have passed. */
export function tellError(message: string): void {
  notifications.show({ title: 'That did not work', message, color: 'red', autoClose: 10_000, withBorder: true });
}

export function tellDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 4_000, withBorder: true });
}
