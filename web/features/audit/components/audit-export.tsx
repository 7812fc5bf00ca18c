import { ExportMenu } from '../../../components/export-menu.tsx';
import { type AuditSearch, filterOf } from '../api/audit-search.ts';
import { exportAddress } from '../api/list-audit.ts';

interface AuditExportProps {
  /** Absent for the installation itself. */
  readonly entity?: string;
  readonly search: AuditSearch;
}

/** All that an audit log shows, as a file. */
export function AuditExport({ entity, search }: AuditExportProps) {
  return <ExportMenu name="audit" address={(format) => exportAddress(entity, filterOf(search), format)} />;
}
