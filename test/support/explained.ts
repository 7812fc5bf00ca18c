import { rest } from './rest.ts';
import type { Scene } from './scene.ts';
import { until } from './wait.ts';

/** What is asked about an automation, as the public API answers. */
export interface Why {
  readonly reason: string;
  readonly words: string;
  readonly filter: { readonly matches: boolean; readonly deciding: string } | null;
  readonly limits: readonly { readonly kind: string; readonly until: string | null }[];
  readonly metric: {
    readonly window: { readonly has: number; readonly needs: number };
    readonly evaluated: number;
    readonly held: number;
    readonly complete: boolean;
    readonly nearest: { readonly words: string; readonly shortfall: number; readonly step: number } | null;
  } | null;
}

/** A backtest, as the public API answers. */
export interface Backtest {
  readonly id: string;
  readonly status: string;
  readonly runs: { readonly considered: number; readonly matched: number; readonly fired: number };
  readonly events: { readonly considered: number; readonly matched: number };
  readonly values: number;
  readonly fired: number;
  readonly firings: readonly {
    readonly run: string | null;
    readonly step: number;
    readonly words: string;
    readonly subject: string;
  }[];
  readonly limits: readonly string[];
}

/** The id of the automation of a name. */
async function idOf({ server, person, team }: Scene, name: string): Promise<string | undefined> {
  const path = `/entities/${team}/automations?name=${name}`;
  const listed = await rest<{ items: { id: string }[] }>(server, person.key, path);
  return listed.items[0]?.id;
}

/** Why the automation of a name did not fire for a run of the project. */
export async function whyNot(scene: Scene, name: string, run: string): Promise<Why> {
  const { server, person, team, project } = scene;
  const query = new URLSearchParams({ run: `${team}/${project}/${run}` });
  return rest<Why>(server, person.key, `/entities/${team}/automations/${await idOf(scene, name)}/why-not?${query}`);
}

/** A backtest that has ended. @param tried what it is asked, or the name of a saved automation */
export async function backtested(scene: Scene, tried: object | string): Promise<Backtest> {
  const { server, person, team } = scene;
  const path = `/entities/${team}/backtests`;
  const body = typeof tried === 'string' ? { automation: await idOf(scene, tried) } : tried;
  const { id } = await rest<Backtest>(server, person.key, path, { method: 'POST', body });
  return until('the backtest to end', async () => {
    const found = await rest<Backtest>(server, person.key, `${path}/${id}`);
    return found.status !== 'running' && found;
  });
}
