import { Select, Tooltip } from '@mantine/core';
import { useChangeVersion } from '../../api/change-version.ts';
import type { VersionAddress } from '../../api/get-version.ts';

const DAY = 86_400;
const AS_COLLECTION = -1;
const FOR_EVER = -2;
const CHOICES = [AS_COLLECTION, FOR_EVER, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];

interface TtlProps {
  readonly address: VersionAddress;
  readonly seconds: number;
  readonly mayEdit: boolean;
}

/** How long a version is to be kept: after that the server deletes it. */
export function Ttl({ address, seconds, mayEdit }: TtlProps) {
  const change = useChangeVersion(address);
  const note = 'When it is over the version is deleted, unless an alias other than latest or a link holds it.';
  if (!mayEdit) {
    return (
      <Tooltip label={note}>
        <span>{ttlWords(seconds)}</span>
      </Tooltip>
    );
  }
  const choices = CHOICES.includes(seconds) ? CHOICES : [...CHOICES, seconds];
  const shown = change.isPending ? (change.variables.ttlSeconds ?? seconds) : seconds;
  return (
    <Tooltip label={note}>
      <Select
        aria-label="Time to live"
        size="xs"
        w={168}
        allowDeselect={false}
        disabled={change.isPending}
        data={choices.map((each) => ({ value: String(each), label: ttlWords(each) }))}
        value={String(shown)}
        onChange={(chosen) => {
          if (chosen !== null && Number(chosen) !== seconds) change.mutate({ ttlSeconds: Number(chosen) });
        }}
      />
    </Tooltip>
  );
}

/** `30 days`. */
export function ttlWords(seconds: number): string {
  if (seconds === AS_COLLECTION) return 'as its collection says';
  if (seconds === FOR_EVER) return 'for ever';
  const days = seconds / DAY;
  return days >= 1 && Number.isInteger(days)
    ? `${days} ${days === 1 ? 'day' : 'days'}`
    : `${seconds.toLocaleString('en')} s`;
}
