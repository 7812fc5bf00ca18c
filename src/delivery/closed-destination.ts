/** An integration that an admin, or its receiver, had disabled. */
export interface Disabled {
  readonly kind: 'disabled';
  readonly reason: 'webhook_disabled' | 'channel_disabled';
}

/** An integration whose settings are not those of its kind. */
export interface Unreadable {
  readonly kind: 'unreadable';
}

/**
 * An integration that lacks a secret; `secret_forbidden`: it may not read this one; `secret_locked`: a node that knows
 * the right master key could deliver.
 */
export interface WithoutSecret {
  readonly kind: 'secret_missing' | 'secret_forbidden' | 'secret_locked';
  readonly name: string;
}

/** An integration that is not delivered to, and why. */
export type ClosedDestination = Disabled | Unreadable | WithoutSecret;
