import { expect, test } from 'vitest';
import { displayName } from './display-name.ts';

test.each([
  ['LITMUS7 SYSTEMS CONSULTING PVT LTD', 'Litmus7 Systems Consulting'],
  ['Northwind Steel AG', 'Northwind Steel'],
  ['Northwind Steel GmbH & Co. KG', 'Northwind Steel'],
  ['PT Bank Northwind Tbk', 'Bank Northwind'],
  ['The University of Tokyo', 'University of Tokyo'],
  ['UNIVERSIDAD NACIONAL DE NORTHWIND', 'Universidad Nacional de Northwind'],
  ['ZTE Corporation', 'ZTE'],
  ['SAP SE', 'SAP'],
  ['IBM DEUTSCHLAND GMBH', 'IBM Deutschland'],
  ['NORTHWIND UNIV', 'Northwind University'],
  ['Northwind Foods, Inc.', 'Northwind Foods'],
  ['"Northwind Foods" Ltd.', 'Northwind Foods'],
  ['Northwind Foods Ltd, 12 Harbour Road, Leeds', 'Northwind Foods'],
  ['Northwind Steel AG, Harbourtown', 'Northwind Steel'],
  ['NORTHWIND BANK LTD., YOUR TRUSTED PARTNER', 'Northwind Bank'],
  ['Northwind Reinsurance Public Co., Ltd.', 'Northwind Reinsurance'],
  ['Northwind Capital Management, L.P.', 'Northwind Capital Management'],
  ['Northwind, Smith and Partners', 'Northwind, Smith and Partners'],
  ['Northwind Bank PLC P.O. Box 12', 'Northwind Bank'],
  ['University of Vienna, Austria', 'University of Vienna'],
  ['Northwind Bank internet network European AS number', 'Northwind Bank internet network'],
  ['Sarla Holdings Pvt.Ltd', 'Sarla Holdings'],
  ['Clark &amp; Northwind', 'Clark & Northwind'],
  ['NORTHERN TRUST CORPORATION', 'Northern Trust'],
  ['GmbH', 'GmbH'],
  ['Łódź Stal Sp. z o.o.', 'Łódź Stal'],
  ['株式会社ノースウィンド', '株式会社ノースウィンド'],
])('%s is shown as %s', (raw, shown) => {
  expect(displayName(raw)).toBe(shown);
});

test.each(['Northwind Steel AG', 'PT BANK NORTHWIND TBK', 'ZTE Corporation', 'A', ''])(
  'a clean name stays as it is: %s',
  (raw) => {
    const once = displayName(raw);
    expect(displayName(once)).toBe(once);
  },
);
