import { placeText } from '../../../components/chart/axis-words.ts';
import type { Axis, ChartLine } from '../../../components/chart/chart-line.ts';
import { boundsOf } from '../../../components/chart/chart-words.ts';
import { LineMark } from '../../../components/chart/line-mark.tsx';
import { metricText } from '../../../lib/words.ts';
import styles from './plots.module.css';

interface LineTableProps {
  readonly metric: string;
  readonly lines: readonly ChartLine[];
  readonly axis: Axis;
}

/** What the lines of a plot come to, in numbers. */
export function LineTable({ metric, lines, axis }: LineTableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className={styles.heard}>Values of {metric}</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Last</th>
            <th scope="col">Lowest</th>
            <th scope="col">Highest</th>
            <th scope="col">Last point</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.key} line={line} axis={axis} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ line, axis }: { readonly line: ChartLine; readonly axis: Axis }) {
  const { name, x, values } = line;
  const [low, high] = boundsOf(values.filter(Number.isFinite));
  const last = values.at(-1);
  const place = x.at(-1);
  return (
    <tr>
      <th scope="row">
        <LineMark {...line} /> {name}
      </th>
      <td>{last === undefined ? '' : metricText(last)}</td>
      <td>{low > high ? '' : metricText(low)}</td>
      <td>{low > high ? '' : metricText(high)}</td>
      <td>{place === undefined ? '' : placeText(place, axis)}</td>
    </tr>
  );
}
