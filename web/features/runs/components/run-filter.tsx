import { FilterBar } from '../../../components/filter-bar.tsx';
import { type Condition, lackOf } from '../../../lib/conditions.ts';
import type { FilterTree } from '../../../lib/filter-lines.ts';
import { fieldWords, isField } from './field-words.ts';

interface RunFilterBarProps {
  readonly filter: FilterTree | undefined;
  /** Fields that can be asked for. */
  readonly names: readonly string[];
  readonly onFilter: (filter: FilterTree | undefined) => void;
}

/** The conditions of a list of runs. */
export function RunFilterBar(props: RunFilterBarProps) {
  return <FilterBar {...props} fieldWords={fieldWords} faultOf={faultOf} />;
}

function faultOf(condition: Condition): string | undefined {
  const lack = lackOf(condition);
  if (lack !== undefined || isField(condition.field.trim())) return lack;
  return `Runs have no field ${condition.field}: those of a config or a summary begin with config. or summary.`;
}
