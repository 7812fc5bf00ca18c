import { ActionIcon, CopyButton } from '@mantine/core';
import { Check, ChevronRight, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Json } from '../../../src/model/json.ts';
import { membersOf } from './found.ts';
import styles from './json-tree.module.css';

/** Members that are shown before one asks for more. */
const AT_ONCE = 100;
/** What is at most so large is open from the start. */
const SMALL = 8;

interface JsonTreeProps {
  /** What the value is, for whoever hears it. */
  readonly label: string;
  readonly value: Json;
  /** Everything is open from the start, for instance what a search has left. */
  readonly open?: boolean;
  /** What can be done with a member of the value itself. */
  readonly actionsOf?: (name: string) => ReactNode;
}

/** A value with its members, which open and close; each plain one can be copied. */
export function JsonTree({ label, value, open = false, actionsOf }: JsonTreeProps) {
  const members = membersOf(value);
  if (members === undefined) return <Plain value={value} />;
  return (
    <div className={styles.tree}>
      <Members label={label} members={members} isRoot open={open} actionsOf={actionsOf} />
    </div>
  );
}

interface MembersProps {
  readonly label: string;
  readonly members: readonly (readonly [string, Json])[];
  readonly isRoot?: boolean;
  readonly open: boolean;
  readonly actionsOf?: JsonTreeProps['actionsOf'] | undefined;
}

function Members({ label, members, isRoot = false, open, actionsOf }: MembersProps) {
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <ul className={isRoot ? styles.root : styles.members} aria-label={label}>
      {members.slice(0, shown).map(([name, value]) => (
        <Member key={name} name={name} value={value} open={open} actions={actionsOf?.(name)} />
      ))}
      {shown < members.length && (
        <li>
          <button type="button" className={styles.more} onClick={() => setShown(shown + AT_ONCE)}>
            Show {Math.min(AT_ONCE, members.length - shown)} more of {members.length.toLocaleString('en')}
          </button>
        </li>
      )}
    </ul>
  );
}

interface MemberProps {
  readonly name: string;
  readonly value: Json;
  readonly open: boolean;
  readonly actions?: ReactNode;
}

function Member({ name, value, open, actions }: MemberProps) {
  const members = membersOf(value);
  const [isOpen, setOpen] = useState(open || (members !== undefined && members.length <= SMALL));
  if (members === undefined || members.length === 0) {
    return (
      <li className={styles.line}>
        <span className={styles.name}>{name}</span>
        <Plain value={value} />
        <span className={styles.actions}>
          <CopyValue name={name} value={value} />
          {actions}
        </span>
      </li>
    );
  }
  return (
    <li>
      <div className={styles.line}>
        <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronRight size={14} aria-hidden />
          <span className={styles.name}>{name}</span>
          <span className={styles.size}>{sizeText(value, members.length)}</span>
        </button>
        <span className={styles.actions}>
          <CopyValue name={name} value={value} />
          {actions}
        </span>
      </div>
      {isOpen && <Members label={name} members={members} open={open} />}
    </li>
  );
}

function sizeText(value: Json, size: number): string {
  const [one, many] = Array.isArray(value) ? ['item', 'items'] : ['member', 'members'];
  return `${size.toLocaleString('en')} ${size === 1 ? one : many}`;
}

function Plain({ value }: { readonly value: Json }) {
  return (
    <span className={styles.value} data-type={value === null ? 'null' : typeof value}>
      {copied(value)}
    </span>
  );
}

function CopyValue({ name, value }: { readonly name: string; readonly value: Json }) {
  return (
    <CopyButton value={copied(value)} timeout={2000}>
      {({ copied: isCopied, copy }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={isCopied ? `Copied ${name}` : `Copy ${name}`}
          onClick={copy}
        >
          {isCopied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}

/** A value as somebody would type it again: a text without its quotes. */
function copied(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
