import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { Gathered } from '../store/gathered.ts';
import type { Ground } from '../store/ground.ts';
import {
  type BroughtBytes,
  type ExpectedBytes,
  expectBytes,
  type FoundBytes,
  fillBlobs,
  findBlobs,
  type PlacedBytes,
} from '../store/uploaded-bytes.ts';

const MOST_AT_ONCE = 256;

/** What every file of an artifact asks of the database: versions have many, and they come and go many at once. */
export class GatheredUploads {
  readonly #expecting: Gathered<PlacedBytes, ExpectedBytes | undefined>;
  readonly #filling: Gathered<BroughtBytes, boolean>;
  readonly #finding: Gathered<ArtifactBlobKey, FoundBytes | undefined>;

  constructor({ database, clock }: Pick<Ground, 'database' | 'clock'>) {
    this.#expecting = new Gathered(MOST_AT_ONCE, (places) => expectBytes(database, places, clock.now()));
    this.#filling = new Gathered(MOST_AT_ONCE, (brought) => fillBlobs(database, brought, clock.now()));
    this.#finding = new Gathered(MOST_AT_ONCE, (keys) => findBlobs(database, keys));
  }

  /** As {@link expectBytes}. */
  expect(place: PlacedBytes): Promise<ExpectedBytes | undefined> {
    return this.#expecting.ask(place);
  }

  /** As {@link fillBlobs}. */
  fill(brought: BroughtBytes): Promise<boolean> {
    return this.#filling.ask(brought);
  }

  /** As {@link findBlobs}. */
  find(key: ArtifactBlobKey): Promise<FoundBytes | undefined> {
    return this.#finding.ask(key);
  }
}
