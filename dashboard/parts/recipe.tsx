/** One way to put the tag into a site: what to do, and the pieces to copy. */
import type { Piece, Recipe } from '../recipes/recipe.ts';
import { Icon } from './icon.tsx';
import { Prose } from './prose.tsx';

function PieceToCopy({ piece: { where, note, code }, id }: { piece: Piece; id: string }) {
  return (
    <section class="piece">
      <div class="piece-head">
        <h2>
          <Prose text={where} />
        </h2>
        {/* Shown by its script, since without one it could not do anything. */}
        <button type="button" class="button button-small" data-copy={id} hidden>
          <Icon name="copy" />
          <span data-copy-label>Copy</span>
          <span class="hidden">: {where.replaceAll('`', '')}</span>
        </button>
      </div>
      {note && (
        <p class="muted">
          <Prose text={note} />
        </p>
      )}
      <pre id={id} tabindex={0} class={code.includes('\n') ? 'piece-lines' : undefined}>
        <code>{code}</code>
      </pre>
    </section>
  );
}

export function RecipeSteps({ recipe: { says, pieces, notes = [] } }: { recipe: Recipe }) {
  return (
    <div class="recipe">
      <p>
        <Prose text={says} />
      </p>
      {pieces.map((piece, index) => (
        <PieceToCopy piece={piece} id={`piece-${index + 1}`} />
      ))}
      {notes.length > 0 && (
        <ul class="recipe-notes">
          {notes.map((note) => (
            <li>
              <Prose text={note} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
