/** How bad what a message tells is, mildest first. */
export const SEVERITIES = ['INFO', 'WARN', 'ERROR'] as const;

export type Severity = (typeof SEVERITIES)[number];
