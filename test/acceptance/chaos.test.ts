import { roundTest } from '../chaos/round-test.ts';

roundTest('a server killed under load loses nothing, misses nothing, fires nothing twice', {
  target: 'server',
  kills: 7,
});

roundTest('nor does one whose embedded database is killed', { target: 'database', kills: 6 });
