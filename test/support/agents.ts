/** User agents as browsers send them. */

/** A browser that no list takes for a program. */
export const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
