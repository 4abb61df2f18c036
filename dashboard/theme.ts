/** Light, dark, or as the system says; kept in a cookie, so that a page arrives in the right colours. */

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'footlight_theme';

/** The theme of that name; anything else is the system's choice. */
export function themeOf(name: string | undefined): Theme {
  return themes.find((theme) => theme === name) ?? 'system';
}
