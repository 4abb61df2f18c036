/** What a build of the tag has. The bundler puts true or false in place of these names, and what is not wanted falls away. */

declare global {
  /** How long pages were read, forms, links, and keeping what could not be sent: in all builds but the least. */
  const hasBreadth: boolean;
  /** Groups, consent, chosen values of forms, and debugging: in the full build. */
  const hasEverything: boolean;
}

export {};
