/** What was just marked, above the page that it led to, with the way back. */
import type { MarksChanged } from '../../collector/store/marks.ts';
import { changedWords } from '../mark-words.ts';
import { Icon } from './icon.tsx';

export function Marked({ changed, back }: { changed: MarksChanged; back: string }) {
  const words = changedWords(changed);
  return (
    <div class="notice notice-done" role="status">
      <Icon name="check" />
      <p>{words}</p>
      {changed.undoneAt === null && changed.accounts > 0 && (
        <form method="post" action={`/marks/${changed.id}/undo`}>
          <input type="hidden" name="back" value={back} />
          <button type="submit" class="button button-small" aria-label={`Undo: ${words}`}>
            Undo
          </button>
        </form>
      )}
    </div>
  );
}
