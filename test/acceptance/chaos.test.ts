import { roundTest } from '../chaos/round-test.ts';

roundTest('a server killed under load loses nothing, misses nothing, fires nothing twice', {
  target: 'server',
  kills: 7,
});
