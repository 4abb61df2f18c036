/** Notes on a company, newest first, as they were typed. */
import { type AccountNote, maxNoteLength } from '../../collector/store/marks.ts';
import { mayChangeNote, type User } from '../roles.ts';
import { Moment } from './moment.tsx';

export function AccountNotes(props: {
  accountId: number;
  notes: readonly AccountNote[];
  user: User;
  now: number;
}) {
  const { accountId, notes, user, now } = props;
  return (
    <section class="card notes" id="notes" aria-labelledby="notes-title">
      <div class="card-head">
        <h2 id="notes-title">Notes</h2>
      </div>
      <form method="post" action={`/accounts/${accountId}/notes`} class="note-form">
        <label class="hidden" for="note">
          New note
        </label>
        <textarea
          id="note"
          name="text"
          rows={3}
          maxlength={maxNoteLength}
          required
          placeholder="What should the next one know?"
        />
        <button type="submit" class="button">
          Write it down
        </button>
      </form>
      {notes.length > 0 && (
        <ul class="note-list">
          {notes.map((note) => (
            <Note note={note} user={user} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Note({ note, user, now }: { note: AccountNote; user: User; now: number }) {
  return (
    <li class="note">
      <p class="note-text">{note.text}</p>
      <p class="muted">
        {note.writtenBy}, <Moment at={note.writtenAt} now={now} />
        {note.editedAt !== null && (
          <>
            {' '}
            · changed{note.editedBy === note.writtenBy ? '' : ` by ${note.editedBy}`}{' '}
            <Moment at={note.editedAt} now={now} />
          </>
        )}
      </p>
      {mayChangeNote(user, note) && (
        <details class="note-change">
          <summary>Change</summary>
          <form method="post" action={`/notes/${note.id}`} class="note-form">
            <label class="hidden" for={`note-${note.id}`}>
              The note’s text
            </label>
            <textarea id={`note-${note.id}`} name="text" rows={4} maxlength={maxNoteLength} required>
              {note.text}
            </textarea>
            <span class="menu-buttons">
              <button type="submit" class="button button-small">
                Save
              </button>
              <button
                type="submit"
                class="button button-small"
                formaction={`/notes/${note.id}/remove`}
                formnovalidate
              >
                Remove
              </button>
            </span>
          </form>
        </details>
      )}
    </li>
  );
}
