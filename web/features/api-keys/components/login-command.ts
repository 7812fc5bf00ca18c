/** How the client is told of this server. */
export function loginCommand(): string {
  return `wandb login --host=${location.origin}`;
}
