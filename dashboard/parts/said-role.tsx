/** What was just said of somebody, above the page that it led to. */
import { Icon } from './icon.tsx';

export function SaidRole({ words }: { words: string }) {
  return (
    <div class="notice notice-done" role="status">
      <Icon name="check" />
      <p>{words}</p>
    </div>
  );
}
