/** What stands on the demo site's pages. */
import type { Child } from 'hono/jsx';
import { vendorForms, vendorPages } from '../vendor.ts';

/** One page: its address, its title and what is on it. */
export interface SitePage {
  path: string;
  title: string;
  body: Child;
}

/** A week of crews as bars on a grid; only to look at. */
const week = [
  { name: 'Crew North', bars: ['a s1', 'b s4'] },
  { name: 'Crew Quay', bars: ['c s2', 'a s5'] },
  { name: 'Crew Line 4', bars: ['b s1', 'c s3'] },
  { name: 'Night shift', bars: ['d s3'] },
];

function Board() {
  return (
    <div class="board" aria-hidden="true">
      <div class="days">
        {['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day) => (
          <span>{day}</span>
        ))}
      </div>
      {week.map(({ name, bars }) => (
        <div class="row">
          <span class="crew">{name}</span>
          <div class="bars">
            {bars.map((bar) => (
              <i class={bar} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

const Home = (
  <>
    <section class="hero">
      <div>
        <h1>Every planned stop ends on time</h1>
        <p class="lead">
          Tidewright puts crews, parts and machines on one plan, and moves all three when one of them moves.
        </p>
        <p class="actions">
          <a class="button" href="/contact">
            Talk to us
          </a>
          <a class="button quiet" href="/product">
            How it works
          </a>
        </p>
      </div>
      <Board />
    </section>
    <section class="three">
      <article>
        <h2>Crews</h2>
        <p>Who can weld, who is on leave, who is nearest: the plan knows before you ask.</p>
      </article>
      <article>
        <h2>Parts</h2>
        <p>A stop is confirmed once its last gasket is on the shelf, not once somebody hopes so.</p>
      </article>
      <article>
        <h2>Machines</h2>
        <p>Hours run, not days gone by, decide when a bearing is due.</p>
      </article>
    </section>
    <blockquote>
      <p>
        We used to plan a stop on a whiteboard and end it on the telephone. The whiteboard is still there. It
        is white.
      </p>
      <cite>Head of maintenance, a harbour with eleven cranes</cite>
    </blockquote>
  </>
);

const Product = (
  <>
    <h1>One plan for a stop, from the first idea to the last bolt</h1>
    <p class="lead">Four rooms, one house. Begin with any of them.</p>
    <ol class="steps">
      <li>
        <h2>Plan</h2>
        <p>Drag a job onto a day. Tidewright checks skills, permits and stock, and says what is missing.</p>
      </li>
      <li>
        <h2>Prepare</h2>
        <p>Parts are reserved, lifts booked and permits sent round, each with a name and a date.</p>
      </li>
      <li>
        <h2>Work</h2>
        <p>Technicians see their next job on the phone, with the drawing, also where there is no signal.</p>
      </li>
      <li>
        <h2>Learn</h2>
        <p>What took longer than planned is in the next plan without anybody typing it again.</p>
      </li>
    </ol>
    <p class="actions">
      <a class="button" href="/pricing">
        What it costs
      </a>
    </p>
  </>
);

const plans = [
  {
    name: 'Team',
    price: '19',
    says: 'One workshop, up to twenty technicians.',
    has: ['Crew plan', 'Phone app', 'Import from spreadsheets'],
  },
  {
    name: 'Plant',
    price: '29',
    says: 'A whole plant with its stores.',
    has: ['All of Team', 'Parts and stock', 'Permits', 'ERP link'],
  },
  {
    name: 'Group',
    price: '39',
    says: 'Several plants that lend each other people.',
    has: ['All of Plant', 'Plants side by side', 'Single sign-on', 'A person to call'],
  },
];

const Pricing = (
  <>
    <h1>A price that fits on one line</h1>
    <p class="lead">Per technician and month. Planners and readers cost nothing.</p>
    <div class="three">
      {plans.map(({ name, price, says, has }) => (
        <article class="plan">
          <h2>{name}</h2>
          <p class="price">
            <strong>€{price}</strong> a technician
          </p>
          <p>{says}</p>
          <ul>
            {has.map((feature) => (
              <li>{feature}</li>
            ))}
          </ul>
          <a class="button" href="/contact">
            Ask about {name}
          </a>
        </article>
      ))}
    </div>
  </>
);

const form = vendorForms.contact;

const Contact = (
  <div class="narrow">
    <h1>Tell us about your next stop</h1>
    <p class="lead">
      This demo keeps nothing of what you write. Footlight learns that a form was sent, not what was in it.
    </p>
    <form class="form" method="post" action={form.action} name={form.name} id={form.form}>
      <label>
        Name
        <input type="text" name="name" autocomplete="name" />
      </label>
      <label>
        Work e-mail
        <input type="email" name="email" autocomplete="email" required />
      </label>
      <label>
        Message
        <textarea name="message" rows={5} />
      </label>
      <label class="check">
        <input type="checkbox" name="tell" data-tell />
        <span>
          Let Footlight know my e-mail. The page then calls{' '}
          <code>footlight('identify', null, {'{ email }'})</code>, and the visit gets a person.
        </span>
      </label>
      <button class="button" type="submit">
        Send
      </button>
    </form>
  </div>
);

const Thanks = (
  <div class="narrow">
    <h1>Thank you</h1>
    <p class="lead">Nothing was kept here. In Footlight, the form now stands in this visit’s story.</p>
    <p class="actions">
      <a class="button quiet" href="/">
        Back to the start
      </a>
    </p>
  </div>
);

/** All pages of the site. */
export const sitePages: readonly SitePage[] = [
  { ...vendorPages.home[0], body: Home },
  { ...vendorPages.product[0], body: Product },
  { ...vendorPages.pricing[0], body: Pricing },
  { ...vendorPages.contact[0], body: Contact },
  { path: '/contact/thanks', title: 'Thank you · Tidewright', body: Thanks },
];
