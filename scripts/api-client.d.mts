/** The text of web/lib/api/generated.ts for an OpenAPI description. */
export function apiClient(description: object): string;
