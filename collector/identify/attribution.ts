/** Whose visit it is: the person's e-mail, the network, what was learned, and over all of them the owner's decisions. */
import type { Session } from './session.ts';

/** One moment at which the visitor told us who they are, or where they work. */
export interface Identity {
  at: number;
  /** Null where only an e-mail's domain was told: that is nobody in particular. */
  personId: number | null;
  /** Who stands for the e-mail that names an account; null for a free-mail address or a bare user id. */
  employerId: number | null;
  accountId: number | null;
  /** The account of the person that they turned out to be since, where only the site's own id was told then. */
  laterAccountId?: number | null;
}

/** What is said of a session's network. */
export interface NetworkSay {
  /** The account that it names; null: none. */
  accountId: number | null;
  /** The owner's decision about it. */
  decisionId: number | null;
  isOwn: boolean;
  /** The account was learned of the address. */
  isLearned: boolean;
}

/** What is known apart from the visitor's own events. Accounts that it names are yet to be followed home. */
export interface Say {
  network(networkId: number, at: number): NetworkSay;
  home(accountId: number): { accountId: number | null; decisionId: number | null; isOwn: boolean };
}

/**
 * Who the visitor was, and for whom they work, by the session's end.
 *
 * The person is the latest one told by then, or else the first one ever told: what was read before signing up belongs
 * to whoever signed up. The same rule picks the employer among the identities that name one, so a second domain opens
 * a new period and the first keeps its own.
 * @param identities in order of time
 */
export function identify(session: Session, identities: readonly Identity[]): Session {
  // Nearly nobody has told who they are, and this is asked for every event.
  if (identities.length === 0)
    return { ...session, personId: null, employerId: null, employerAccountId: null };
  const person = inForce(
    identities.filter(({ personId }) => personId !== null),
    session.endedAt,
  );
  const employer = inForce(
    identities.filter(({ accountId }) => accountId !== null),
    session.endedAt,
  );
  // Who was known by the site's own id alone works where the e-mail says that was told with that id since.
  const later = employer === undefined ? (person?.laterAccountId ?? null) : null;
  return {
    ...session,
    personId: person?.personId ?? null,
    employerId: employer?.employerId ?? (later === null ? null : (person?.personId ?? null)),
    employerAccountId: employer?.accountId ?? later,
  };
}

/**
 * Whose session it is, once it is known who the visitor was. An e-mail outweighs the network: it says where somebody
 * works, the network only where they are. Our own offices outweigh both.
 */
export function settle(session: Session, say: Say): Session {
  const network = say.network(session.networkId, session.startedAt);
  const { employerAccountId } = session;
  const nobodys = { ...session, accountId: null, byLearned: false };
  if (network.isOwn) return { ...nobodys, decisionId: network.decisionId, isOwn: true };
  const isByPerson = employerAccountId !== null;
  const named = employerAccountId ?? network.accountId;
  const decisionId = isByPerson ? null : network.decisionId;
  if (named === null) return { ...nobodys, decisionId, isOwn: false };
  const home = say.home(named);
  return {
    ...session,
    accountId: home.accountId,
    byLearned: !isByPerson && network.isLearned,
    decisionId: home.decisionId ?? decisionId,
    isOwn: home.isOwn,
  };
}

export function attribute(session: Session, identities: readonly Identity[], say: Say): Session {
  return settle(identify(session, identities), say);
}

function inForce(identities: readonly Identity[], at: number): Identity | undefined {
  return identities.findLast((identity) => identity.at <= at) ?? identities[0];
}
