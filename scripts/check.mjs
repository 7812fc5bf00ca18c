// The gate: format and lint, types, floors, test names.
import { CHECKS, step } from './steps.mjs';

for (const check of CHECKS) step(...check);
console.log('check: all clean');
