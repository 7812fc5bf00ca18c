import { uploadRoundTest } from '../chaos/uploads/round-test.ts';

// `npm run chaos` has one more: a bucket without a move
uploadRoundTest('a server killed during uploads to its folder loses no part, tears no version, leaves no stray file', {
  target: 'uploads-folder',
  database: 'server',
  kills: 3,
});

uploadRoundTest('nor does one whose clients bring their files to a bucket by themselves', {
  target: 'uploads-direct',
  database: 'embedded',
  kills: 2,
});

uploadRoundTest('nor one whose files are carried to a bucket and back meanwhile, by moves that are killed too', {
  target: 'uploads-moved',
  database: 'server',
  kills: 2,
});
