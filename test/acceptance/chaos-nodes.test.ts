import { roundTest } from '../chaos/round-test.ts';

roundTest('several nodes, killed one by one, or the PostgreSQL below them, lose nothing and fire nothing twice', {
  target: 'nodes',
  kills: 7,
});
