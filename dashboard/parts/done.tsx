/** What the last decision did, above the page that it led to, with the way back. */
import type { Decision } from '../../collector/store/store.ts';
import { decisionWords, movedWords } from '../decision-words.ts';
import { UndoButton } from './decision-log.tsx';
import { Icon } from './icon.tsx';

export function Done(props: { decision: Decision; back: string; mayUndo: boolean }) {
  const { decision, back, mayUndo } = props;
  const isUndone = decision.undoneAt !== null;
  return (
    <div class="notice notice-done" role="status">
      <Icon name="check" />
      <p>
        {isUndone ? 'Undone: ' : ''}
        {decisionWords(decision)}. {decision.kind !== 'parent' && movedWords(decision.moved)}
      </p>
      {!isUndone && mayUndo && (
        <UndoButton id={decision.id} back={back} label={`Undo: ${decisionWords(decision)}`} />
      )}
    </div>
  );
}
