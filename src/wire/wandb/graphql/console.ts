import { parseConsoleLine } from '../../../model/console-line.ts';
import { invalid } from '../../../model/error.ts';
import { consoleAfter, consoleTail, type NumberedLine } from '../../../store/console-reads.ts';
import type { RunView } from '../../../store/run-views.ts';
import { type Connection, decodeCursor, encodeCursor } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface LinesArgs {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
}

const DEFAULT_LINES = 1000;

/** What a run printed (wandb protocol, 4.5). */
export const consoleLines: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Run {
      "Null for a run that printed nothing. Either the last lines, or pages from the beginning."
      logLines(first: Int, after: String, last: Int, useImprovedPagination: Boolean): LogLineConnection
    }
    type LogLine {
      number: Int!
      timestamp: String
      level: String
      label: String
      line: String!
    }
    type LogLineConnection {
      edges: [LogLineEdge!]!
      pageInfo: PageInfo!
    }
    type LogLineEdge {
      node: LogLine!
      cursor: String!
    }
  `,
  resolvers: {
    Run: {
      logLines: (run: RunView, args: LinesArgs, context) => {
        if (run.consoleLines === 0) return null;
        return args.last === undefined ? pageOf(run, args, context) : tailOf(run, args.last, context);
      },
    },
    LogLineEdge: {
      node: ({ node }: { node: NumberedLine }) => ({ number: node.number, ...parseConsoleLine(node.text) }),
    },
  },
};

async function pageOf(run: RunView, args: LinesArgs, { ground }: GraphqlContext): Promise<Connection<NumberedLine>> {
  const wanted = { after: numberOf(args.after), first: positive(args.first ?? DEFAULT_LINES, 'first') };
  const page = await consoleAfter(ground.database, run, wanted);
  return toConnection(page.lines, page.hasMore);
}

async function tailOf(run: RunView, last: number, { ground }: GraphqlContext): Promise<Connection<NumberedLine>> {
  return toConnection(await consoleTail(ground.database, run, positive(last, 'last')), false);
}

function toConnection(lines: readonly NumberedLine[], hasNextPage: boolean): Connection<NumberedLine> {
  const edges = lines.map((node) => ({ node, cursor: encodeCursor(String(node.number)) }));
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}

function numberOf(cursor: string | undefined): number {
  const [text] = decodeCursor(cursor, 1) ?? ['-1'];
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw invalid('this cursor was not made by this list; start without one', 'after');
}

function positive(count: number, name: string): number {
  if (count > 0) return count;
  throw invalid(`${name} must be positive`, name);
}
