/** The form with a tag's settings, each in the words of whoever runs the site. */
import type { TagProblems, TypedTag } from '../tag-input.ts';
import { Choice, Tick } from './choices.tsx';
import { Field } from './field.tsx';

const measures = [
  {
    value: 'usual',
    label: 'The usual',
    hint: 'Pages, how long and how far each was read; forms begun, sent and given up; links to files and other sites. Never what was typed.',
  },
  {
    value: 'pages',
    label: 'Page views only',
    hint: 'The smallest tag: pages and nothing else. It cannot wait for consent.',
  },
];

const consents = [
  {
    value: 'none',
    label: 'Do not wait',
    hint: 'Every visit counts, with a cookie of your site. A browser that asks by Global Privacy Control not to be followed gets no cookie, whatever is chosen here.',
  },
  {
    value: 'required',
    label: 'Wait for my own banner',
    hint: "Nothing is kept or sent before a page of yours calls `footlight('consent', true)`.",
  },
  {
    value: 'google',
    label: 'Follow Google Consent Mode',
    hint: 'Nothing is kept or sent before `analytics_storage` is granted.',
  },
  {
    value: 'tcf',
    label: 'Follow an IAB TCF 2 banner',
    hint: 'Nothing is kept or sent before the banner says that the visitor agreed to it.',
  },
];

const plain = { type: 'text', autocapitalize: 'none', spellcheck: false } as const;

export function TagForm(props: { action: string; typed: TypedTag; problems: TagProblems }) {
  const { action, typed, problems } = props;
  return (
    <form method="post" action={action} class="form">
      <section class="card form">
        <h2>What is measured</h2>
        <Choice
          name="measures"
          legend="What is measured"
          options={measures}
          chosen={typed.measures}
          error={problems.measures}
        />
        <Tick
          name="hash"
          label="What stands behind # is the page"
          hint="For sites of one page, with addresses like `/#/pricing`. Leave it off where # leads to a place within a page."
          isTicked={typed.hash}
          error={problems.hash}
        />
        <Tick
          name="calls"
          label="My site says more to the tag"
          hint="It calls `footlight('group', …)`, `page`, `optout` or `ready`, or waits for an answer. For `track` and `identify` this need not be on."
          isTicked={typed.calls}
          error={problems.calls}
        />
      </section>
      <section class="card form">
        <h2>Consent</h2>
        <Choice
          name="consent"
          legend="What the tag waits for"
          options={consents}
          chosen={typed.consent}
          error={problems.consent}
        />
      </section>
      <section class="card form">
        <h2>Forms</h2>
        <Tick
          name="emailDomain"
          label="The company’s half of an e-mail address"
          hint="Of kim@example.com in a form that is sent, example.com: it names the visitor’s company. The half before @ stays in the page."
          isTicked={typed.emailDomain}
          error={problems.emailDomain}
        />
        <Tick
          name="fieldTiming"
          label="How long each field took"
          hint="By the field’s name; shows where a form loses people."
          isTicked={typed.fieldTiming}
          error={problems.fieldTiming}
        />
        <Field
          name="capture"
          label="Fields whose values are told"
          hint="Names of fields, with commas between, as in company-size, country. Passwords, cards, codes and hidden fields are never told, named here or not."
          error={problems.capture}
          input={{ ...plain, value: typed.capture }}
        />
      </section>
      <section class="card form">
        <h2>The visitor’s cookie</h2>
        <Field
          name="domain"
          label="Its domain"
          hint="Empty: the widest that the browser allows, so that a visitor is the same on all subdomains. Pages outside of it keep no cookie."
          error={problems.domain}
          input={{ ...plain, inputmode: 'url', value: typed.domain }}
        />
        <Field
          name="link"
          label="My other domains"
          hint="With commas between. A link to one of them takes the visitor along, who is the same there; those pages need the tag too."
          error={problems.link}
          input={{ ...plain, inputmode: 'url', value: typed.link }}
        />
      </section>
      <section class="card form">
        <h2>Finding a fault</h2>
        <Tick
          name="debug"
          label="The browser’s console says what is sent"
          hint="And what became of it. Everybody who opens the console sees it: switch it off afterwards."
          isTicked={typed.debug}
          error={problems.debug}
        />
      </section>
      <div>
        <button type="submit" class="button button-primary">
          Save
        </button>
      </div>
    </form>
  );
}
