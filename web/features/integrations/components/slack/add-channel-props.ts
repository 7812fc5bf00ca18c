/** What every way to a channel needs. */
export interface AddChannelProps {
  readonly entity: string;
  readonly onAdded: (channel: { readonly id: string }) => void;
}
