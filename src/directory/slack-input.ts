import { invalid } from '../model/error.ts';
import { requireStorable } from '../model/storable.ts';

const LONGEST_NAME = 255;
const LONGEST_URL = 2048;

/** The name of a workspace, of a channel, or of the integration that they make. @throws TriplineError invalid */
export function parseSlackName(text: string, path: string): string {
  requireStorable(text, path);
  const name = text.trim();
  if (name !== '' && name.length <= LONGEST_NAME) return name;
  throw invalid(`${path} must have 1 to ${LONGEST_NAME} characters`, path);
}

const SLACK_HOOKS = 'https://hooks.slack.com';

/**
 * The address of an incoming webhook: Slack's own, or one of the server that stands in for Slack. The text is not
 * repeated in a refusal: it is a credential.
 *
 * @param slackUrl the address of Slack that the operator set
 * @throws TriplineError invalid
 */
export function parseSlackHook(text: string, slackUrl: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const { origin, protocol, host } = new URL(slackUrl);
  const accepted = [SLACK_HOOKS, origin, `${protocol}//hooks.${host}`];
  const isWhole = url !== undefined && url.pathname !== '/' && url.href.length <= LONGEST_URL;
  if (!isWhole || !accepted.includes(url.origin) || url.username !== '' || url.password !== '') {
    throw invalid(
      `the URL must be that of an incoming webhook, beginning with ${SLACK_HOOKS}/ or with the address of Slack that this server is set to`,
      'url',
    );
  }
  url.hash = '';
  return url.href;
}
