/** Tabs of the browser tell one another here which channel was connected. */
const NAME = 'tripline-slack-connected';

/** Tells the tab that waits for it, if there is one. @param id of the channel */
export function tellConnected(id: string): void {
  const tabs = new BroadcastChannel(NAME);
  tabs.postMessage(id);
  tabs.close();
}

/** @returns how to listen no more */
export function onConnected(heard: (id: string) => void): () => void {
  const tabs = new BroadcastChannel(NAME);
  tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') heard(data);
  };
  return () => tabs.close();
}
