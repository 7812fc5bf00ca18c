/** The addresses of pages that events name. */
export interface PageUrls {
  /** Of a run. */
  readonly runUrl: (entity: string, project: string, run: string) => string;
  /** Of a collection, or of a version there. */
  readonly artifactUrl: (
    entity: string,
    project: string,
    type: string,
    collection: string,
    version: number | null,
  ) => string;
}
