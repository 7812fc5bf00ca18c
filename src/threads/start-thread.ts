import { type ResourceLimits, Worker } from 'node:worker_threads';

/**
 * Starts a thread of a module that lies beside another one. Bundled, it is a file beside the program. From source Node
 * cannot read it in a thread, unless tsx is told.
 *
 * @param beside `import.meta.url` of the other one
 * @param name of the module, without ending
 * @param resourceLimits what its memory may grow to, where that is less than usual
 */
export function startThread(
  beside: string,
  name: string,
  workerData: unknown,
  resourceLimits: ResourceLimits = {},
): Worker {
  const options = { workerData, resourceLimits };
  if (!beside.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, beside), options);
  const source = new URL(`./${name}.ts`, beside).href;
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}'); })`;
  return new Worker(start, { eval: true, ...options });
}
