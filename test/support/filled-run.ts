import { crc32, deflateSync } from 'node:zlib';
import { graphqlWith } from './graphql.ts';
import { rest } from './rest.ts';
import { uploadRunFiles } from './run-uploads.ts';
import type { Server } from './server.ts';

interface FilledRun {
  readonly server: Server;
  readonly key: string;
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

/** A run that printed, uploaded and was written about, for whoever looks at the screens. */
export async function fillRun({ server, key, entity, project, run }: FilledRun): Promise<void> {
  const body = {
    notes: 'A larger backbone, the schedule of last week.\nThe dip at the end is the learning rate.',
    group: 'vit sweep',
    jobType: 'train',
  };
  await rest(server, key, `/entities/${entity}/projects/${project}/runs/${run}`, { method: 'PATCH', body });
  const answer = await server.call(`/files/${entity}/${project}/${run}/file_stream`, {
    method: 'POST',
    key,
    body: JSON.stringify({ files: { 'output.log': { offset: 0, content: LINES } } }),
  });
  if (answer.status !== 200) throw new Error(answer.text);
  await uploadRunFiles(graphqlWith(server, key), { entity, project, run }, FILES);
}

const LINES = [
  ...['\u001b[1msegmentation\u001b[0m on 2 GPUs, seed 7', 'loading 12,408 pictures: 100%|██████████| 12408/12408'],
  ...Array.from({ length: 40 }, (_, epoch) => {
    const loss = (1.9 / (epoch + 1)).toFixed(4);
    return `epoch ${String(epoch + 1).padStart(2)}/40  \u001b[36mloss\u001b[0m ${loss}  \u001b[32mmIoU\u001b[0m ${(0.61 + epoch * 0.005).toFixed(3)}`;
  }),
  'saved weights.pt',
].map(
  (text, at) =>
    `2026-01-12T09:${String(10 + Math.floor(at / 4)).padStart(2, '0')}:${String((at * 13) % 60).padStart(2, '0')}.120000 ${text}`,
);
LINES.splice(
  17,
  0,
  'ERROR 2026-01-12T09:14:02.300000 UserWarning: 3 pictures could not be read and were left out',
  "ERROR 2026-01-12T09:14:02.300000   warnings.warn(f'{len(lost)} pictures could not be read and were left out')",
);

const MACHINE = {
  os: 'Linux-6.1.0-x86_64-with-glibc2.36',
  python: 'CPython 3.12.4',
  program: '/home/maria/seg/train.py',
  codePath: 'train.py',
  args: ['--backbone', 'vit-b', '--epochs', '40'],
  email: 'maria@lumen.example',
  root: '/home/maria/seg',
  host: 'gpu-07',
  cpu_count: 32,
  cpu_count_logical: 64,
  gpu: 'NVIDIA A100-SXM4-80GB',
  gpu_count: 2,
  cudaVersion: '12.4',
  memory: { total: '540553174016' },
  git: { remote: 'https://git.lumen.example/vision/seg.git', commit: '8f14e45fceea167a5a36dedd4bea2543cfd3f3a1' },
};

const CLASSES = ['road', 'sidewalk', 'car', 'rider', 'pole', 'sign', 'wall', 'sky'];

const FILES = {
  'config.yaml': 'lr:\n  value: 0.0003\nbatch_size:\n  value: 64\n',
  'requirements.txt': 'numpy==2.1.0\ntorch==2.5.1\nwandb==0.31.0\n',
  'wandb-metadata.json': JSON.stringify(MACHINE, null, 2),
  'media/table/per_class.table.json': JSON.stringify({
    columns: ['class', 'IoU', 'pixels', 'example'],
    data: CLASSES.map((name, at) => [
      name,
      Number((0.42 + ((at * 37) % 50) / 100).toFixed(3)),
      18_400 * (at + 1),
      at < 3 ? { _type: 'image-file', path: `media/images/${name}.png` } : null,
    ]),
  }),
  ...Object.fromEntries(CLASSES.slice(0, 3).map((name, at) => [`media/images/${name}.png`, picture(96, 48, at)])),
};

/** A small picture with a gradient. */
function picture(width: number, height: number, hue: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + 3 * width);
    for (let x = 0; x < width; x += 1) row.set([x * 2, y * 5, 90 + hue * 60], 1 + 3 * x);
    return row;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunks = [part('IHDR', head), part('IDAT', deflateSync(Buffer.concat(rows))), part('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

function part(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}
