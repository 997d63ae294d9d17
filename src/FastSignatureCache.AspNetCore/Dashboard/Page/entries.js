// The conversations: a page of entries at a time, however many there are.
import * as format from './format.js';
import { clone, fill } from './rows.js';
import { confirm, send } from './actions.js';

const limit = 100;
const element = id => document.getElementById(id);
let next = null;
let turn = 0;

export function start() {
  element('search').addEventListener('submit', event => { event.preventDefault(); load(); });
  element('first-page').addEventListener('click', () => load());
  element('next-page').addEventListener('click', () => load(next));
  return load();
}

export async function load(cursor) {
  const asked = ++turn;
  const query = new URLSearchParams({ limit });
  for (const name of ['conversation', 'model']) {
    const value = element(`search-${name}`).value.trim();
    if (value) query.set(name, value);
  }
  if (cursor) query.set('cursor', cursor);
  const page = await send('GET', `api/entries?${query}`);
  // Somebody has asked for something else meanwhile.
  if (!page || asked !== turn) return;
  next = page.nextCursor;
  element('first-page').disabled = !cursor;
  element('next-page').disabled = !next;
  const groups = Map.groupBy(page.entries, entry => entry.conversation);
  element('conversations').replaceChildren(...[...groups].flatMap(([conversation, entries]) => rowsOf(conversation, entries, groups.size === 1)));
  element('page-note').textContent = page.entries.length === 0
    ? (next ? 'Nothing on this page; there are more.' : 'Nothing found.')
    : `${format.plural(page.entries.length, 'entry', 'entries')} of ${format.plural(groups.size, 'conversation', 'conversations')}${cursor || next ? ' on this page' : ''}, as of ${format.time(new Date())}`;
}

function rowsOf(conversation, entries, isOpen) {
  const newest = Math.max(...entries.map(entry => Date.parse(entry.createdAt)));
  const first = Math.min(...entries.map(entry => Date.parse(entry.expiresAt)));
  const row = fill(clone('conversation-row'), {
    conversation,
    models: [...new Set(entries.map(entry => entry.model))].join(', '),
    count: format.count(entries.length),
    uses: format.count(entries.reduce((sum, entry) => sum + entry.uses, 0)),
    created: format.moment(newest),
    expires: until(first),
  });
  const details = clone('details-row');
  const button = row.querySelector('button');
  button.title = conversation;
  const toggle = open => {
    details.hidden = !open;
    button.setAttribute('aria-expanded', open);
    // Made when it is looked at.
    const list = details.querySelector('ul');
    if (open && list.children.length === 0) list.append(...entries.map(itemOf));
  };
  button.addEventListener('click', () => toggle(details.hidden));
  toggle(isOpen);
  return [row, details];
}

function itemOf(entry) {
  const item = fill(clone('entry-row'), {
    part: entry.part || 'latest of the conversation',
    model: entry.model,
    fingerprint: entry.fingerprint,
    length: `${format.count(entry.length)} characters`,
    uses: format.count(entry.uses),
    created: format.moment(Date.parse(entry.createdAt)),
    expires: until(Date.parse(entry.expiresAt)),
  });
  const button = item.querySelector('button');
  button.setAttribute('aria-label', `Remove ${entry.fingerprint}`);
  button.addEventListener('click', async () => {
    const text = 'The signature is removed from memory and from the store. A client that has dropped it gets an error from its provider in the current turn.';
    if (await confirm('Remove this entry?', text, 'Remove', 'btn-danger') && await send('DELETE', `api/entries/${entry.id}`, 'Removed.')) load();
  });
  return item;
}

const until = time => time <= Date.now() ? 'expired' : format.moment(time);
