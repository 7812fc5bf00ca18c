import { JsonBlock } from '../../../../components/json-block.tsx';
import { Status } from '../../../../components/status.tsx';
import { sentence } from '../../../../lib/words.ts';
import type { IntegrationTest } from '../../api/test-integration.ts';
import { faultWords, phaseWords } from '../shared/fault-words.ts';
import { Unknown } from './preview-result.tsx';
import styles from './test-panel.module.css';

/** What was sent, what came back and how long it took; or how far it came. Secrets are masked. */
export function TestResult({ test }: { readonly test: IntegrationTest }) {
  const { response, unknown, url, headers, payload } = test;
  return (
    <>
      <Outcome test={test} />
      <Unknown names={unknown} />
      {response !== null && (
        <JsonBlock
          label="Response"
          value={messageText(response.headers, response.truncated ? `${response.body}… (cut)` : response.body)}
        />
      )}
      <JsonBlock label={`Request: POST ${url}`} value={linesOf(headers)} />
      <JsonBlock label="Payload" value={payload} />
    </>
  );
}

function Outcome({ test: { status, durationMs, address, error } }: { readonly test: IntegrationTest }) {
  const took = `${durationMs.toLocaleString('en')} ms`;
  const where = address === null ? [] : [address];
  if (error !== null) {
    return (
      <div>
        <Status tone="bad">{faultWords(error.fault)}</Status>
        <p className={styles.words}>
          It failed {phaseWords(error.phase)}, after {took}. {sentence(error.message)}
        </p>
      </div>
    );
  }
  const arrived = status !== null && status >= 200 && status < 300;
  return (
    <div>
      <Status tone={arrived ? 'good' : 'bad'}>
        {status} {arrived ? 'Delivered' : 'Not accepted'}
      </Status>
      <p className={styles.words}>{[took, ...where].join(' · ')}</p>
    </div>
  );
}

/** Headers, and the body below them: one text, as on the wire. */
const messageText = (headers: Readonly<Record<string, string>>, body: string): string =>
  [linesOf(headers), '', body].join('\n');

const linesOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
