import { invalid } from './error.ts';
import { isStorable } from './storable.ts';

const LONGEST = 1024;

/**
 * Names of run files: slash paths relative to the run, as the client sends them (wandb protocol, 4.1). None leads
 * out of a folder that somebody downloads a run's files to, whatever their system.
 *
 * @throws TriplineError invalid
 */
export function parseFileName(text: string): string {
  const fault = faultOf(text);
  if (fault === undefined) return text;
  throw invalid(`file name '${text.slice(0, 80).toWellFormed().replaceAll('\0', '\\0')}' ${fault}`, 'files');
}

function faultOf(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (!isStorable(text)) return 'holds characters that no file name can have';
  // a backslash separates folders on Windows
  const parts = text.split(/[/\\]/);
  if (parts[0] === '' || /^[A-Za-z]:[/\\]/.test(text)) return 'is absolute; give it relative to the run';
  if (parts.includes('..')) return "leads out of the run with '..'";
  return undefined;
}
