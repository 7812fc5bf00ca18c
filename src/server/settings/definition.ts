import type { z } from 'zod';

/** All that is known about one setting. Flags, variables, the file, the help and the types follow from it. */
export interface Definition {
  /** As commander writes it. Secrets have none: a command line is visible to every user of the machine. */
  readonly flag?: `--${string}`;
  readonly variable: string;
  /** Another name by which programs know the variable; it counts when the first is absent. */
  readonly otherVariable?: string;
  /** Key in the configuration file; without one the setting cannot stand there. */
  readonly fileKey?: string;
  readonly description: string;
  /** What a refusal says is accepted. */
  readonly accepts: string;
  /** The text that counts when nothing is said; the schema of a setting without one is optional. */
  readonly fallback?: (env: Readonly<NodeJS.ProcessEnv>) => string;
  readonly schema: z.ZodType<unknown, string | undefined>;
  /** Its value is never shown. */
  readonly secret?: true;
  /** Not in the help: for Tripline's own tests. */
  readonly hidden?: true;
}

/** Settings that belong together, by their names. */
export type Definitions = Readonly<Record<string, Definition>>;
