/** The log of who did what as it leaves the house: its columns. */
import type { AuditEntry, DeedDetail } from '../../store/audit.ts';
import type { Column } from './format.ts';

/** `rows: 120, whole: true`. */
export function detailWords(detail: DeedDetail): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

export const auditColumns: readonly Column<AuditEntry>[] = [
  { name: 'at', holds: 'plain', value: (row) => new Date(row.at).toISOString() },
  { name: 'who', holds: 'text', value: (row) => row.who },
  { name: 'what', holds: 'plain', value: (row) => row.what },
  { name: 'subject', holds: 'text', value: (row) => row.subject },
  { name: 'detail', holds: 'text', value: (row) => detailWords(row.detail) },
];
