/**
 * What a field holds: one value, a set of values (tags, aliases), or an instant as an ISO 8601 text.
 */
export type FieldKind = 'scalar' | 'set' | 'instant';

/** A field of a filter, resolved to the name under which facts answer. */
export interface Field {
  /** Canonical name, for instance `config.lr`. */
  readonly name: string;
  readonly kind: FieldKind;
  /** The path as literally written where a `.value` was taken out of it: asked first. */
  readonly literal: string | undefined;
}

/** The fields that a filter of one kind of subject may name. */
export interface FieldCatalogue {
  /** What the fields describe, for refusals: `run`. */
  readonly subject: string;
  /** Names to show to people who wrote an unknown one; trees as `config.<path>`. */
  readonly names: readonly string[];
  /** The field a written name means; `undefined` for an unknown one. */
  resolve(written: string): Field | undefined;
}

/** One field and its other spellings. */
export interface FieldEntry {
  readonly kind: FieldKind;
  readonly synonyms?: readonly string[];
}

/** A JSON tree whose members are fields: `config.lr`, `source_run.config.lr`. */
export interface TreeEntry {
  readonly synonyms?: readonly string[];
  /** Whether `<tree>.<key>.value` is another spelling of `<tree>.<key>` (the client's form of config). */
  readonly valueSuffix?: boolean;
}

/** Makes a catalogue of plain fields and trees, both by canonical name. */
export function fieldCatalogue(
  subject: string,
  fields: Readonly<Record<string, FieldEntry>>,
  trees: Readonly<Record<string, TreeEntry>> = {},
): FieldCatalogue {
  const plain = new Map(
    Object.entries(fields).flatMap(([name, { kind, synonyms = [] }]) =>
      [name, ...synonyms].map((written): [string, Field] => [written, { name, kind, literal: undefined }]),
    ),
  );
  const roots = new Map(
    Object.entries(trees).flatMap(([name, tree]) =>
      [name, ...(tree.synonyms ?? [])].map((written): [string, Root] => [
        written,
        { name, valueSuffix: tree.valueSuffix === true },
      ]),
    ),
  );
  const names = [...Object.keys(fields), ...Object.keys(trees).map((tree) => `${tree}.<path>`)];
  return { subject, names, resolve: (written) => plain.get(written) ?? member(written, roots) };
}

interface Root {
  readonly name: string;
  readonly valueSuffix: boolean;
}

function member(written: string, roots: ReadonlyMap<string, Root>): Field | undefined {
  const [start, root] = [...roots].find(([name]) => written.startsWith(`${name}.`)) ?? [];
  const path = written.slice((start?.length ?? 0) + 1);
  if (root === undefined || path === '') return undefined;
  const plain = root.valueSuffix ? withoutValue(path) : path;
  return {
    name: `${root.name}.${plain}`,
    kind: 'scalar',
    literal: plain === path ? undefined : `${root.name}.${path}`,
  };
}

/** `lr.value` is `lr`, `optimizer.value.lr` is `optimizer.lr` (wandb protocol, 6.2). */
function withoutValue(path: string): string {
  const segments = path.split('.');
  if (segments.length > 1 && segments[1] === 'value') return segments.toSpliced(1, 1).join('.');
  return segments.length > 1 && segments.at(-1) === 'value' ? segments.slice(0, -1).join('.') : path;
}
