/** Beside a segment: the button by which one is told of it, or that one is. */
import { Icon } from './icon.tsx';

export function TellMe(props: { segment: { id: number; name: string }; isTold: boolean }) {
  const { segment, isTold } = props;
  if (isTold)
    return (
      <a class="button button-small" href={`/settings/alerts?segment=${segment.id}#segment-${segment.id}`}>
        <Icon name="bell" />
        You are told
        <span class="hidden"> of {segment.name}</span>
      </a>
    );
  return (
    <form method="post" action="/settings/alerts/rules">
      <input type="hidden" name="segment" value={String(segment.id)} />
      <button
        type="submit"
        class="button button-small"
        aria-label={`Tell me when a company enters ${segment.name}`}
      >
        <Icon name="bell" />
        Tell me
      </button>
    </form>
  );
}
