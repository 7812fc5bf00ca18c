/** Path of a browser, installed if there is none. @throws Error that says what to do */
export function ensureBrowser(): string;
