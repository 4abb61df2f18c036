/** All tables of well-known names, in order: of two rows with one spelling, the later stays. */
import { institutions } from './brand-institutions.ts';
import { makers } from './brand-makers.ts';
import { operators } from './brand-operators.ts';
import type { BrandRow } from './brand-row.ts';
import { services } from './brand-services.ts';

export const brandRows: readonly BrandRow[] = [...makers, ...services, ...institutions, ...operators];
