import { roundTest } from '../chaos/round-test.ts';

roundTest('a server whose embedded database is killed under load loses nothing and fires nothing twice', {
  target: 'database',
  kills: 6,
});
