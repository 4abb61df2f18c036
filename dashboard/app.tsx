/**
 * The dashboard: every route in one list, with the guard as a line through it. What stands above the line anybody may
 * open; what stands below, only who is signed in. A new page is one file, one line below, and one line in `access.ts` that says who may open it.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { readApiDocument } from './api-document.ts';
import { readAssets } from './assets.ts';
import { readForm } from './form.ts';
import { givenUp, whileWanted } from './given-up.tsx';
import { allowed, counted, diagnosed, headers, noStore, sameSite, signedIn } from './guard.tsx';
import type { Env, House, Page } from './house.ts';
import { accountPage } from './pages/account.tsx';
import { accountBy } from './pages/account-by.tsx';
import { accountNotesPage } from './pages/account-notes.tsx';
import { accountPeoplePage, sayRole } from './pages/account-people.tsx';
import { accountProspectsPage } from './pages/account-prospects.tsx';
import { accountsPage } from './pages/accounts.tsx';
import { accountsFile } from './pages/accounts-file.ts';
import {
  addAlertRule,
  alertSettingsPage,
  changeAlertRule,
  removeAlertRule,
  removeSlack,
  retryLetter,
  sendTest,
  setDigest,
  setSlack,
} from './pages/alert-settings.tsx';
import { alertsPage, markRead } from './pages/alerts.tsx';
import { auditFile, auditPage } from './pages/audit.tsx';
import { correct, correctPage, relate, undoDecision } from './pages/correct.tsx';
import { dataState, fetchData, scheduleData } from './pages/data.ts';
import { digestPreview } from './pages/digest-preview.tsx';
import { docsPage, docsResourcePage } from './pages/docs.tsx';
import { dismissDiagnosis, doctorPage, watchAgain } from './pages/doctor.tsx';
import { healthPage } from './pages/health.tsx';
import {
  chooseColumns,
  filePage,
  importUpload,
  newImportPage,
  oldImportPage,
  uploadFile,
} from './pages/import-file.tsx';
import { importPage, importState, importsPage, undoImport } from './pages/imports.tsx';
import { invite, invitePage } from './pages/invite.tsx';
import { keysPage, makeKey, revokeKey } from './pages/keys.tsx';
import { forgetLearned, learnedPage } from './pages/learned.tsx';
import { livePage, liveStream } from './pages/live.tsx';
import { keepColumns, keepKeys, markAccounts, undoMark } from './pages/marks.ts';
import { addSite, newSitePage } from './pages/new-site.tsx';
import { addNote, editNote, removeNote } from './pages/notes.ts';
import { overviewPage } from './pages/overview.tsx';
import { passwordPage, setPassword } from './pages/password.tsx';
import { peopleFile, peopleOfList } from './pages/people-file.tsx';
import { personPage } from './pages/person.tsx';
import { previewAccount } from './pages/preview.tsx';
import { problem } from './pages/problem.tsx';
import { addRule, removeRule, rulesPage } from './pages/rules.tsx';
import { checkScoreRule, restoreScore, saveScore, scorePage } from './pages/score.tsx';
import { checkSegment, segmentNames } from './pages/segment-check.tsx';
import { newSegmentPage, removeSegment, saveSegment, segmentPage } from './pages/segment-edit.tsx';
import { segmentRail } from './pages/segment-rail.tsx';
import { segmentsPage } from './pages/segments.tsx';
import { makeShare, revokeShare, sharePage } from './pages/share.tsx';
import { openShared, sharedPage, unreferred } from './pages/shared.tsx';
import { signIn, signInPage, signOut } from './pages/sign-in.tsx';
import { sitesPage } from './pages/sites.tsx';
import { stopMails, stopPage } from './pages/stop.tsx';
import { siteStatus, tagPage } from './pages/tag.tsx';
import { setTagSettings, tagSettingsPage } from './pages/tag-settings.tsx';
import { inviteUser, removeUser, setUserRole, usersPage } from './pages/users.tsx';
import { welcome, welcomePage } from './pages/welcome.tsx';
import { safePath } from './safe-path.ts';
import { createSegmentCounts } from './segment-counts.ts';
import { openShareTries } from './share-tries.ts';
import { themeCookie, themeOf } from './theme.ts';

export type { PipelineHealth } from './house.ts';

export interface DashboardOptions
  extends Omit<
    House,
    'assets' | 'documentation' | 'segmentCounts' | 'clientAddress' | 'peerAddress' | 'shareTries'
  > {
  /** The API's OpenAPI document. */
  apiDocument: object;
  /** The client's address as far as it can be trusted; left out: the socket's. */
  clientAddress?: (c: Context) => string;
  peerAddress?: (c: Context) => string;
  /** Compiled client scripts; left out: `dist/dashboard/client`. */
  assetsDir?: string;
}

/**
 * Every page, to be mounted at `/` after all other routes: it answers whatever is left, if only by "not found".
 * @throws Error that names a client script which is not built
 */
export function createDashboard(options: DashboardOptions): Hono<Env> {
  const {
    assetsDir,
    apiDocument,
    clientAddress = socketAddress,
    peerAddress = socketAddress,
    ...rest
  } = options;
  let documentation: House['documentation'] | undefined;
  const house: House = {
    ...rest,
    clientAddress,
    peerAddress,
    assets: readAssets(assetsDir),
    segmentCounts: createSegmentCounts(rest),
    shareTries: openShareTries(rest.now),
    // Not before somebody reads it: it takes longer than all else here.
    get documentation() {
      documentation ??= readApiDocument(apiDocument);
      return documentation;
    },
  };
  const app = new Hono<Env>();
  app.onError(givenUp(house));
  app.use('/shared/*', unreferred);
  app.use('*', headers);
  // Mail programs post this by themselves, so it is in front of what refuses other sites.
  app.post('/stop', stopMails(house));
  app.post('/shared/:token', openShared(house));
  app.use('*', sameSite(house), whileWanted(house));

  app.get('/assets/:name', asset(house));

  app.use('*', noStore);
  app.get('/stop', stopPage(house));
  app.get('/sign-in', signInPage(house));
  app.post('/sign-in', signIn(house));
  app.get('/welcome', welcomePage(house));
  app.post('/welcome', welcome(house));
  app.get('/invite', invitePage(house));
  app.post('/invite', invite(house));

  app.get('/shared/:token', sharedPage(house));

  app.get('/docs', docsPage(house));
  app.get('/docs/:resource', docsResourcePage(house));

  app.use('*', signedIn(house));
  // ------------------------------------------------------------------ the guard: below it, only who is signed in
  app.use('*', diagnosed(house), counted(house), allowed(house));
  app.get('/', (c) => c.redirect('/accounts', 303));
  app.get('/overview', overviewPage(house));
  app.get('/live', livePage(house));
  app.get('/live/events', liveStream(house));
  app.get('/accounts', accountsPage(house));
  app.get('/accounts.csv', accountsFile(house));
  app.get('/accounts/import', oldImportPage);
  app.post('/accounts/import', uploadFile(house, 'profiles'));
  app.get('/imports', importsPage(house));
  app.get('/imports/new', newImportPage(house));
  app.post('/imports/new', uploadFile(house));
  app.get('/imports/file/:token', filePage(house));
  app.post('/imports/file/:token', chooseColumns(house));
  app.post('/imports/file/:token/import', importUpload(house));
  app.get('/imports/:id', importPage(house));
  app.get('/imports/:id/state', importState(house));
  app.post('/imports/:id/undo', undoImport(house));
  app.post('/accounts/marks', markAccounts(house));
  app.post('/accounts/columns', keepColumns(house));
  app.post('/marks/:id/undo', undoMark(house));
  app.post('/keys', keepKeys(house));
  app.get('/accounts/:id/preview', previewAccount(house));
  app.post('/accounts/:id/notes', addNote(house));
  app.post('/notes/:id', editNote(house));
  app.post('/notes/:id/remove', removeNote(house));
  app.get('/accounts/by', accountBy(house));
  app.get('/accounts/:id', accountPage(house));
  app.get('/people/:id', personPage(house));
  app.get('/accounts/:id/share', sharePage(house));
  app.post('/accounts/:id/share', makeShare(house));
  app.post('/shares/:id/revoke', revokeShare(house));
  app.get('/accounts/:id/people', accountPeoplePage(house));
  app.get('/accounts/:id/prospects', accountProspectsPage(house));
  app.get('/accounts/:id/notes', accountNotesPage(house));
  app.post('/accounts/:id/roles', sayRole(house));
  app.get('/accounts/:id/correct', correctPage(house));
  app.post('/accounts/:id/correct', correct(house));
  app.post('/accounts/:id/relate', relate(house));
  app.post('/decisions/:id/undo', undoDecision(house));
  app.get('/segments', segmentsPage(house));
  app.get('/segments/new', newSegmentPage(house));
  app.get('/segments/names', segmentNames(house));
  app.get('/segments/rail', segmentRail(house));
  app.get('/segments/people', peopleOfList(house));
  app.get('/segments/people.csv', peopleFile(house));
  app.post('/segments/new', saveSegment(house));
  app.post('/segments/check', checkSegment(house));
  app.get('/segments/:id/edit', segmentPage(house));
  app.post('/segments/:id/edit', saveSegment(house));
  app.post('/segments/:id/remove', removeSegment(house));
  app.get('/settings/score', scorePage(house));
  app.get('/alerts', alertsPage(house));
  app.post('/alerts/read', markRead(house));
  app.get('/settings/alerts', alertSettingsPage(house));
  app.post('/settings/alerts/rules', addAlertRule(house));
  app.post('/settings/alerts/rules/:id', changeAlertRule(house));
  app.post('/settings/alerts/rules/:id/remove', removeAlertRule(house));
  app.get('/settings/alerts/digest', digestPreview(house));
  app.post('/settings/alerts/digest', setDigest(house));
  app.post('/settings/alerts/test', sendTest(house));
  app.get('/learned', learnedPage(house));
  app.get('/health', healthPage(house));
  app.get('/password', passwordPage(house));
  app.post('/password', setPassword(house));
  app.post('/theme', chooseTheme);
  app.post('/sign-out', signOut(house));

  app.get('/sites/new', newSitePage(house));
  app.post('/sites/new', addSite(house));
  app.get('/sites/:id/tag', tagPage(house));
  app.get('/sites/:id/status', siteStatus(house));
  app.get('/sites/:id/settings', tagSettingsPage(house));
  app.post('/sites/:id/settings', setTagSettings(house));

  app.post('/learned/forget', forgetLearned(house));

  app.post('/settings/score', saveScore(house));
  app.post('/settings/score/check', checkScoreRule(house));
  app.post('/settings/score/:id/restore', restoreScore(house));
  app.post('/settings/alerts/slack', setSlack(house));
  app.post('/settings/alerts/slack/remove', removeSlack(house));
  app.post('/settings/alerts/letters/:id/retry', retryLetter(house));
  app.get('/settings/sites', sitesPage(house));
  app.get('/settings/rules', rulesPage(house));
  app.post('/settings/rules', addRule(house));
  app.post('/settings/rules/:id/remove', removeRule(house));
  app.post('/settings/data/fetch', fetchData(house));
  app.post('/settings/data/schedule', scheduleData(house));
  app.get('/settings/data/state', dataState(house));

  app.get('/settings/users', usersPage(house));
  app.post('/settings/users', inviteUser(house));
  app.post('/settings/users/:id/role', setUserRole(house));
  app.post('/settings/users/:id/remove', removeUser(house));
  app.get('/settings/audit', auditPage(house));
  app.get('/settings/audit.csv', auditFile(house));
  app.get('/settings/keys', keysPage(house));
  app.post('/settings/keys', makeKey(house));
  app.post('/settings/keys/:id/revoke', revokeKey(house));

  app.get('/doctor', doctorPage(house));
  app.post('/doctor/dismiss', dismissDiagnosis(house));
  app.post('/doctor/watch', watchAgain(house));

  app.all('*', (c) => problem(c, house, 404, 'There is no such page', 'The address may have been mistyped.'));
  return app;
}

const socketAddress = (c: Context) => getConnInfo(c).remote.address ?? '';

const chooseTheme: Page = async (c) => {
  const form = await readForm(c);
  setCookie(c, themeCookie, themeOf(form('theme')), {
    path: '/',
    sameSite: 'Lax',
    httpOnly: true,
    maxAge: 400 * 86_400,
  });
  return c.redirect(safePath(form('back')), 303);
};

function asset(house: House): Page {
  return (c) => {
    const found = house.assets.find(c.req.param('name') ?? '');
    if (!found) return c.notFound();
    // The name has the content's hash in it.
    c.header('cache-control', 'public, max-age=31536000, immutable');
    return c.body(found.body, 200, { 'content-type': found.contentType });
  };
}
