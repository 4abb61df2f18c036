/** Decisions, newest first: what, who, when, what it moved; and the way back. */
import type { Decision } from '../../collector/store/store.ts';
import { decisionWords, movedWords } from '../decision-words.ts';
import { Moment } from './moment.tsx';

export function DecisionLog(props: {
  decisions: readonly Decision[];
  now: number;
  /** Where to go on after undoing one. */
  back: string;
  mayUndo(decision: Decision): boolean;
}) {
  return (
    <ul class="decisions">
      {props.decisions.map((decision) => (
        <li class={decision.undoneAt === null ? 'decision' : 'decision decision-undone'}>
          <div>
            <p>
              <strong>{decisionWords(decision)}</strong>
              {decision.note && <span class="muted"> “{decision.note}”</span>}
            </p>
            <p class="muted">
              {decision.madeBy}, <Moment at={decision.madeAt} now={props.now} />
              {decision.undoneAt !== null && (
                <>
                  {' '}
                  · undone by {decision.undoneBy}, <Moment at={decision.undoneAt} now={props.now} />
                </>
              )}
              . {decision.kind !== 'parent' && movedWords(decision.moved)}
            </p>
          </div>
          {decision.undoneAt === null && props.mayUndo(decision) && (
            <UndoButton id={decision.id} back={props.back} label={`Undo: ${decisionWords(decision)}`} />
          )}
        </li>
      ))}
    </ul>
  );
}

export function UndoButton({ id, back, label }: { id: number; back: string; label: string }) {
  return (
    <form method="post" action={`/decisions/${id}/undo`}>
      <input type="hidden" name="back" value={back} />
      <button type="submit" class="button button-small" aria-label={label}>
        Undo
      </button>
    </form>
  );
}
