/** The roles that a user of the dashboard or an API key can have. */

export const roles = ['owner', 'marketer', 'sales'] as const;
export type Role = (typeof roles)[number];

/** True for a role that we know, so that a stored word can be trusted as one. */
export function isRole(word: unknown): word is Role {
  return roles.some((role) => role === word);
}
