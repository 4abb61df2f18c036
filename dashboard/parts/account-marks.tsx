/** What is marked on one company, to be changed where it stands: who looks after it, its tags, follow and hide. */
import type { Child } from 'hono/jsx';
import { type AccountMarks, maxTagLength, maxTags } from '../../collector/store/marks.ts';
import type { User } from '../roles.ts';
import { isMine } from './account-cells.tsx';
import { OwnerChoice, TagNames } from './accounts-bulk.tsx';

export function AccountMarksBar(props: {
  accountId: number;
  marks: AccountMarks;
  user: User;
  emails: readonly string[];
  tags: readonly { tag: string }[];
  /** This page, to come back to. */
  back: string;
}) {
  const { accountId, marks, user, emails, tags, back } = props;
  const { owner } = marks;
  const of = { id: String(accountId), back };
  return (
    <section class="account-marks" aria-label="Owner and tags">
      <MarkForm {...of} class="marks-part">
        <label for="owner">Owner</label>
        <OwnerChoice user={user} emails={emails} id="owner" chosen={owner?.name ?? null} />
        <button type="submit" name="do" value="assign" class="button button-small">
          Assign
        </button>
        {!isMine(marks, user) && (
          <button type="submit" name="do" value="take" class="button button-small">
            Take it
          </button>
        )}
        {owner !== null && !owner.isChosen && <span class="muted">as your file says</span>}
      </MarkForm>
      <div class="marks-part marks-tags">
        {marks.tags.length > 0 && (
          <ul class="chips" aria-label="Tags">
            {marks.tags.map((tag) => (
              <li>
                <MarkForm {...of} class="chip chip-tag">
                  <input type="hidden" name="tag" value={tag} />
                  <span>{tag}</span>
                  <button type="submit" name="do" value="untag" aria-label={`Remove the tag ${tag}`}>
                    ×
                  </button>
                </MarkForm>
              </li>
            ))}
          </ul>
        )}
        {marks.tags.length < maxTags && (
          <MarkForm {...of} class="marks-part">
            <label for="tag" class="hidden">
              New tag
            </label>
            <input
              type="text"
              id="tag"
              name="tag"
              list="known-tags"
              maxlength={maxTagLength}
              placeholder="New tag"
              autocomplete="off"
            />
            <button type="submit" name="do" value="tag" class="button button-small">
              Add
            </button>
            <TagNames tags={tags} />
          </MarkForm>
        )}
      </div>
      <MarkForm {...of} class="marks-part marks-mine">
        <button
          type="submit"
          name="do"
          value={marks.isFollowed ? 'unfollow' : 'follow'}
          class="button button-small"
          aria-pressed={marks.isFollowed ? 'true' : 'false'}
        >
          {marks.isFollowed ? 'Following' : 'Follow'}
        </button>
        <button
          type="submit"
          name="do"
          value={marks.isHidden ? 'unhide' : 'hide'}
          class="button button-small"
          title="Only you will not see it in your lists"
        >
          {marks.isHidden ? 'Show again' : 'Hide'}
        </button>
      </MarkForm>
    </section>
  );
}

function MarkForm(props: { id: string; back: string; class: string; children?: Child }) {
  return (
    <form method="post" action="/accounts/marks" class={props.class}>
      <input type="hidden" name="id" value={props.id} />
      <input type="hidden" name="back" value={props.back} />
      {props.children}
    </form>
  );
}
