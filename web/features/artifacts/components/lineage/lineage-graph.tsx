import { Package, Play } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import type { ArtifactLineage, LineageNode } from '../../api/get-lineage.ts';
import { layOut, type PlacedArrow, type PlacedNode } from './layout.ts';
import styles from './lineage-graph.module.css';
import { NodeLink } from './node-link.tsx';
import { nodeName, nodeNote, shortened } from './node-words.ts';
import { useZoom } from './use-zoom.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

const SIZES = { width: 200, height: 52, gapX: 56, gapY: 18 } as const;
/** Around the drawing: for what is written beside the outermost nodes. */
const MARGIN = { x: 96, y: 32 } as const;

const LONGEST_NAME = 22;
const LONGEST_NOTE = 27;

interface LineageGraphProps {
  readonly lineage: ArtifactLineage;
  /** Shows what is left out beside a node; absent when no more can be shown. */
  readonly onMore: (() => void) | undefined;
}

/** Runs and versions as a graph: from what was used to the run that used it, and from a run to what it made. */
export function LineageGraph({ lineage, onMore }: LineageGraphProps) {
  const { nodes, edges, focus } = lineage;
  const layout = useMemo(
    () =>
      layOut(
        nodes.map(({ id }) => id),
        edges,
        SIZES,
      ),
    [nodes, edges],
  );
  const placeOf = new Map(layout.nodes.map((place) => [place.id, place]));
  const frame = useRef<HTMLElement>(null);
  const [width, height] = [layout.width + 2 * MARGIN.x, layout.height + 2 * MARGIN.y];
  const zoom = useZoom(frame, { width, height });
  const focused = placeOf.get(focus);
  const centre = useEffectEvent(({ x, y }: PlacedNode) => {
    const middle = { x: x + MARGIN.x + SIZES.width / 2, y: y + MARGIN.y + SIZES.height / 2 };
    const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
    frame.current?.scrollTo(zoom.scale * middle.x - clientWidth / 2, zoom.scale * middle.y - clientHeight / 2);
  });
  useEffect(() => {
    if (focused !== undefined) centre(focused);
  }, [focused]);
  return (
    <div className={styles.whole}>
      <ZoomButtons zoom={zoom} />
      {/* as high as the whole drawing, however it is zoomed: what is below stays where it is */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section ref={frame} className={styles.frame} style={{ height }} aria-label="Lineage graph" tabIndex={0}>
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the list below tells the same, and the frame has a name */}
        <svg
          className={styles.graph}
          width={zoom.scale * width}
          height={zoom.scale * height}
          viewBox={`0 0 ${width} ${height}`}
        >
          <defs>
            <marker
              id="lineage-head"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0,0 L8,4 L0,8 z" className={styles.head} />
            </marker>
          </defs>
          <g transform={`translate(${MARGIN.x} ${MARGIN.y})`}>
            {layout.arrows.map((arrow) => (
              <ArrowLine key={`${arrow.from} ${arrow.to}`} arrow={arrow} />
            ))}
            {nodes.map((node) => {
              const place = placeOf.get(node.id);
              return (
                place && <NodeBox key={node.id} node={node} place={place} isFocus={node.id === focus} onMore={onMore} />
              );
            })}
          </g>
        </svg>
      </section>
    </div>
  );
}

function ArrowLine({ arrow: { points, isBack } }: { readonly arrow: PlacedArrow }) {
  return (
    <path
      className={styles.arrow}
      d={isBack ? wayBack(points) : curve(points)}
      data-back={isBack}
      markerEnd="url(#lineage-head)"
      aria-hidden
    />
  );
}

type Points = PlacedArrow['points'];

/** From point to point, each left and reached to the right. */
function curve(points: Points): string {
  const [[x, y] = [0, 0], ...others] = points;
  let [fromX, fromY] = [x, y];
  return others.reduce((path, [toX, toY]) => {
    const middle = (fromX + toX) / 2;
    const part = `${path} C${middle},${fromY} ${middle},${toY} ${toX},${toY}`;
    [fromX, fromY] = [toX, toY];
    return part;
  }, `M${x},${y}`);
}

/** Below the nodes, back to the left. */
function wayBack(points: Points): string {
  const [[x, y] = [0, 0]] = points;
  const [toX, toY] = points.at(-1) ?? [x, y];
  const below = Math.max(y, toY) + SIZES.height;
  return `M${x},${y} C${x + 60},${below} ${toX - 60},${below} ${toX},${toY}`;
}

interface NodeBoxProps {
  readonly node: LineageNode;
  readonly place: PlacedNode;
  readonly isFocus: boolean;
  readonly onMore: (() => void) | undefined;
}

function NodeBox({ node, place: { x, y }, isFocus, onMore }: NodeBoxProps) {
  const { width, height } = SIZES;
  const Icon = node.kind === 'run' ? Play : Package;
  const [name, note] = [nodeName(node), nodeNote(node)];
  return (
    <g transform={`translate(${x} ${y})`}>
      <g className={styles.node} data-kind={node.kind} data-focus={isFocus}>
        <NodeLink node={node} className={styles.node}>
          <title>{`${name} (${note}), ${node.entity}/${node.project}`}</title>
          <rect className={styles.box} width={width} height={height} rx={node.kind === 'run' ? height / 2 : 8} />
          <Icon className={styles.icon} x={16} y={18} size={16} aria-hidden />
          <text className={styles.name} x={42} y={23}>
            {shortened(name, LONGEST_NAME)}
          </text>
          <text className={styles.note} x={42} y={39}>
            {shortened(note, LONGEST_NOTE)}
          </text>
        </NodeLink>
      </g>
      {onMore !== undefined && node.moreBefore && (
        <More x={-10} y={height / 2 - 10} anchor="end" name={name} onMore={onMore} />
      )}
      {onMore !== undefined && node.moreAfter && (
        <More x={width + 10} y={height / 2 - 10} anchor="start" name={name} onMore={onMore} />
      )}
    </g>
  );
}

interface MoreProps {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
  readonly name: string;
  readonly onMore: () => void;
}

/** Where a node has neighbours that are not drawn. */
function More({ x, y, anchor, name, onMore }: MoreProps) {
  const label = `Show more ${anchor === 'end' ? 'before' : 'after'} ${name}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no buttons in a drawing
    <g
      role="button"
      tabIndex={0}
      aria-label={label}
      onClick={onMore}
      onKeyDown={(event) => (event.key === 'Enter' || event.key === ' ') && onMore()}
      className={styles.node}
    >
      <text className={styles.more} x={x} y={y} textAnchor={anchor}>
        more …
      </text>
    </g>
  );
}
