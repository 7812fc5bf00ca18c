import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Severity } from '../model/severity.ts';
import { cutText } from './slack-text.ts';

/** What Slack takes at an incoming webhook. */
export interface SlackMessage {
  /** For notifications, and for programs that show no blocks. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** The parts of a message, as Slack's mrkdwn: values in it are escaped. */
export interface SlackContent {
  readonly severity: Severity;
  readonly title: string;
  readonly text: string;
  /** What happened, and what there is to know of it, each a line. */
  readonly facts: readonly string[];
  /** Who, where and links, on one line. */
  readonly context: readonly string[];
}

const MARKS: Readonly<Record<Severity, string>> = { INFO: 'ℹ️', WARN: '⚠️', ERROR: '🚨' };

/** Characters that Slack shows of a header, and takes of a section and of an element of a context. */
const LONGEST_TITLE = 150;
const LONGEST_SECTION = 3000;
/** So that one long value does not push the other facts out. */
const LONGEST_FACT = 700;

/**
 * Builds a message. The title is a section, no header: a header is plain text and mentions nobody. What is too long
 * for Slack is cut, with an ellipsis.
 */
export function slackMessage({ severity, title, text, facts, context }: SlackContent): SlackMessage {
  const shown = cutText(title.replace(/\s+/g, ' ').trim(), LONGEST_TITLE);
  const mark = `${MARKS[severity]} ${severity}`;
  const sections = [`${mark} *${shown}*`, text.trim(), facts.map((fact) => cutText(fact, LONGEST_FACT)).join('\n')];
  return {
    text: `${mark}: ${shown}`,
    blocks: [...sections.filter((section) => section !== '').map(sectionOf), contextOf(context.join(' · '))],
  };
}

function sectionOf(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

function contextOf(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** Verbatim: in a value, `@channel` and `#general` are no names, and addresses no links. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text: cutText(text, LONGEST_SECTION), verbatim: true } as const;
}
