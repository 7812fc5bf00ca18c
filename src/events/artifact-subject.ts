import type { JsonObject } from '../model/json.ts';

/** A collection as an event captures it and as filters see it: nothing is looked up later. */
export interface CapturedCollection {
  readonly entity: string;
  readonly project: string;
  /** Name of the registry that the project is; `null` when it is none. */
  readonly registry: string | null;
  readonly name: string;
  readonly kind: 'sequence' | 'portfolio';
  readonly artifactType: string;
  readonly tags: readonly string[];
  /** Its page. */
  readonly url: string;
}

/** The run that logged a version. */
export interface CapturedSourceRun {
  /** The client's run id. */
  readonly id: string;
  readonly displayName: string;
  /** Plain values, without the client's `{"value": …}` around each. */
  readonly config: JsonObject;
  readonly summary: JsonObject;
}

/** A version at the place that the event is about, with everything that a filter or a payload may name. */
export interface CapturedVersion {
  readonly collection: CapturedCollection;
  /** Wire id. */
  readonly id: string;
  /** The number in that collection. */
  readonly index: number;
  /** Set in that collection. */
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly metadata: JsonObject;
  readonly sourceRun: CapturedSourceRun | null;
  /** Its page. */
  readonly url: string;
}

/** `<entity>/<project>/<collection>:vN`: what `api.artifact()` takes, also after an alias has moved on. */
export function versionString({ entity, project, name }: CapturedCollection, index: number): string {
  return `${entity}/${project}/${name}:v${index}`;
}
