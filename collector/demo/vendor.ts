/** The vendor whose web site the demo watches: its host and its pages. */

/** What the demo's site is called in the dashboard. */
export const vendorDomain = 'tidewright.example';
export const vendorOrigin = `https://www.${vendorDomain}`;
export const vendorName = 'Tidewright';

export interface VendorPage {
  path: string;
  title: string;
}

/** Pages by what somebody comes for; a walk names a group, and each visitor gets one page of it. */
export const vendorPages = {
  home: [{ path: '/', title: 'Tidewright · Maintenance planning without the spreadsheet' }],
  product: [{ path: '/product', title: 'Product · Tidewright' }],
  feature: [
    { path: '/product/scheduling', title: 'Crew scheduling · Tidewright' },
    { path: '/product/parts', title: 'Parts and stock · Tidewright' },
    { path: '/product/mobile', title: 'The technician’s app · Tidewright' },
  ],
  pricing: [{ path: '/pricing', title: 'Pricing · Tidewright' }],
  case: [
    { path: '/customers/harbour-cranes', title: 'How a harbour halved its crane stops · Tidewright' },
    { path: '/customers/dairy-lines', title: 'Nine dairy lines, one plan · Tidewright' },
    { path: '/customers/wind-farm', title: 'A wind farm’s first quiet winter · Tidewright' },
  ],
  blog: [
    { path: '/blog/preventive-or-predictive', title: 'Preventive or predictive? · Tidewright blog' },
    { path: '/blog/planned-stop-checklist', title: 'A checklist for planned stops · Tidewright blog' },
    { path: '/blog/cost-of-an-hour-down', title: 'What an hour of downtime costs · Tidewright blog' },
    { path: '/blog/spare-parts-you-need', title: 'The spare parts you really need · Tidewright blog' },
    { path: '/blog/from-paper-to-tablet', title: 'From paper to tablet in six weeks · Tidewright blog' },
  ],
  compare: [{ path: '/compare/spreadsheets', title: 'Tidewright or a spreadsheet? · Tidewright' }],
  integrations: [
    { path: '/integrations', title: 'Integrations · Tidewright' },
    { path: '/integrations/erp', title: 'Your ERP and Tidewright · Integrations' },
  ],
  security: [{ path: '/security', title: 'Security and hosting · Tidewright' }],
  docs: [
    { path: '/docs', title: 'Documentation · Tidewright' },
    { path: '/docs/getting-started', title: 'Getting started · Tidewright documentation' },
    { path: '/docs/import-assets', title: 'Importing assets · Tidewright documentation' },
    { path: '/docs/work-orders', title: 'Work orders · Tidewright documentation' },
    { path: '/docs/roles', title: 'Roles and rights · Tidewright documentation' },
  ],
  api: [
    { path: '/docs/api', title: 'API reference · Tidewright documentation' },
    { path: '/docs/webhooks', title: 'Webhooks · Tidewright documentation' },
  ],
  changelog: [{ path: '/changelog', title: 'What is new · Tidewright' }],
  guide: [{ path: '/guides/planned-stops', title: 'Guide: planning a stop that ends on time · Tidewright' }],
  demo: [{ path: '/demo', title: 'Book a demo · Tidewright' }],
  contact: [{ path: '/contact', title: 'Contact · Tidewright' }],
  about: [{ path: '/about', title: 'The people at Tidewright' }],
  careers: [{ path: '/careers', title: 'Careers · Tidewright' }],
} as const satisfies Record<string, readonly VendorPage[]>;

export type PageGroup = keyof typeof vendorPages;

/** The forms on those pages, as their markup names them. */
export const vendorForms = {
  demo: { name: 'book-a-demo', form: 'demo-form', action: '/demo' },
  contact: { name: 'contact', form: 'contact-form', action: '/contact' },
  guide: { name: 'guide-download', form: 'guide-form', action: '/guides/planned-stops' },
} as const;

export type VendorForm = keyof typeof vendorForms;
