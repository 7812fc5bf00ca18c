import { invalid } from '../model/error.ts';
import { cleanText } from '../model/loose-json.ts';
import { requireStorable } from '../model/storable.ts';

const LONGEST_NAME = 255;
const LONGEST_DESCRIPTION = 10_000;

/** The name of an automation: 1 to 255 characters. @throws TriplineError invalid */
export function parseAutomationName(text: string): string {
  requireStorable(text, 'name');
  if (text.trim() !== '' && [...text].length <= LONGEST_NAME) return text;
  throw invalid(`the name of an automation must have 1 to ${LONGEST_NAME} characters`, 'name');
}

/** @throws TriplineError invalid */
export function parseAutomationDescription(text: string | null): string | null {
  if (text === null || text.length <= LONGEST_DESCRIPTION) return text === null ? null : cleanText(text);
  throw invalid(`the description of an automation may have ${LONGEST_DESCRIPTION} characters`, 'description');
}
