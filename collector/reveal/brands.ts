/** All tables of well-known names, in order: of two rows with one spelling, the later stays. */
import { companies } from './brand-companies.ts';
import { institutions } from './brand-institutions.ts';
import { operators } from './brand-operators.ts';
import type { BrandRow } from './brand-row.ts';

export const brandRows: readonly BrandRow[] = [...companies, ...institutions, ...operators];
