/** A tile with a company's first letter, in a colour that stays with its name. */

const tints = 8;

function tintOf(name: string): number {
  // FNV-1a; its high bits, since names that differ in one letter share the low ones.
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 16) % tints;
}

/** The first letter or digit; names may open with signs. */
function initialOf(name: string): string {
  return name.match(/[\p{L}\p{N}]/u)?.[0].toUpperCase() ?? '?';
}

export function Monogram({ name, size = 'small' }: { name: string; size?: 'small' | 'large' }) {
  return (
    <span class={`monogram monogram-${size} tint-${tintOf(name)}`} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}
