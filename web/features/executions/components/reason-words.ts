/** Why an execution failed, was skipped or cancelled: `http_404` is “HTTP 404”, `rate_limited` “rate limited”. */
export function reasonWords(reason: string): string {
  return reason.replace(/^http_/, 'HTTP ').replaceAll('_', ' ');
}
