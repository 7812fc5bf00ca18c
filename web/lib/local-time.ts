const MINUTE = 60_000;

/** An instant as a field of local time shows it; none as an empty one. */
export function toLocal(instant: string | undefined): string {
  if (instant === undefined) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE).toISOString().slice(0, 'YYYY-MM-DDThh:mm'.length);
}

/** What a field of local time holds, as an instant; `undefined` of an empty one. */
export function fromLocal(text: string): string | undefined {
  return text === '' ? undefined : new Date(text).toISOString();
}
