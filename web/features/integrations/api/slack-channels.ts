import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  getEntitySlackChannelsConnect,
  type NewSlackChannelInput,
  postEntitySlackChannels,
  postEntitySlackChannelsConnect,
} from '../../../lib/api/generated.ts';

/** Whether channels can be connected through Slack. */
export const slackSetupQuery = (entity: string) =>
  queryOptions({
    queryKey: ['slack-setup', entity],
    queryFn: ({ signal }) => call(getEntitySlackChannelsConnect, { params: { entity }, signal }),
  });

/** Within which the address is asked for anew: it is good for ten minutes. */
const RENEWED_MS = 8 * 60_000;

/** Where Slack asks for the channel; each address is good once. */
export const slackConnectionQuery = (entity: string) =>
  queryOptions({
    queryKey: ['slack-connection', entity],
    queryFn: ({ signal }) => call(postEntitySlackChannelsConnect, { params: { entity }, signal }),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: RENEWED_MS,
    refetchOnWindowFocus: false,
  });

/** Makes a channel from the URL of an incoming webhook. Refusals belong to the fields of the form. */
export function useAddSlackChannel(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSlackChannelInput) => call(postEntitySlackChannels, { params: { entity }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['integrations', entity] }),
    meta: { quiet: true },
    // the URL is a credential: it is kept no longer than the form is shown
    gcTime: 0,
  });
}
