/** A leaf, so that reading loads none of what is known about domains. */

/** Begins the key of an identity that is an employer only, and no person. */
export const domainKeyPrefix = 'domain:';
