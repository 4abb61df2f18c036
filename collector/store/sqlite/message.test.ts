import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Draft } from '../../draft.ts';
import { digestOf, openRecentMessages } from './message.ts';

test('of more than are kept in memory, the oldest are told anew, and a new start knows the same', () => {
  const db = new Sqlite(':memory:');
  db.exec(
    'create table recent_message (id integer primary key, stretch integer, site_id integer, message integer)',
  );
  const most = 10;
  const open = () => openRecentMessages(db, most);
  const tell = (recent: ReturnType<typeof open>, number: number) => {
    const isRepeated = recent.isRepeated(
      { siteId: 1, receivedAt: 0 } as Draft,
      digestOf(`message-${number}`),
    );
    recent.keep();
    return isRepeated;
  };
  const before = open();
  for (let number = 0; number < 2 * most; number += 1) expect(tell(before, number)).toBe(false);
  for (const recent of [before, open()])
    for (let number = 0; number < 2 * most; number += 1) expect(tell(recent, number)).toBe(true);
  expect(tell(before, 2 * most)).toBe(false);
  // It began a new stretch, and with it the first ten went.
  expect(tell(before, 0)).toBe(false);
  expect(tell(before, 2 * most - 1)).toBe(true);
  db.close();
});
