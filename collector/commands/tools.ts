/** What a command may use of the command line it is part of. Types only. */
import type { Config } from '../config.ts';
import type { Rooms } from '../rooms.ts';

export interface CommandTools {
  /** Opens what a command needs, and closes it whatever happens. */
  withRooms(run: (rooms: Rooms, config: Config) => Promise<void>): Promise<void>;
  /** The answer on stdout: for machines with `--json`, else in words. */
  answer(options: { json?: boolean }, value: object, words: string): void;
  /** Progress and words on stderr. */
  say(line: string): void;
}
