/** Something to copy, under its heading. */
import { Icon } from './icon.tsx';

export function PieceOf({ id, where, code }: { id: string; where: string; code: string }) {
  return (
    <div class="piece">
      <div class="piece-head">
        <h3>{where}</h3>
        {/* Shown by its script, since without one it could not do anything. */}
        <button type="button" class="button button-small" data-copy={id} hidden>
          <Icon name="copy" />
          <span data-copy-label>Copy</span>
          <span class="hidden">: {where}</span>
        </button>
      </div>
      <pre id={id} tabindex={0}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
