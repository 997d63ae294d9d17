import { confirm, send } from './actions.js';
import { Charts } from './charts.js';
import * as entries from './entries.js';
import { showPanels, showTiles } from './figures.js';
import * as format from './format.js';
import { History } from './history.js';
import { listen } from './stream.js';

const element = id => document.getElementById(id);
const labels = { live: 'Live', lost: 'Connection lost' };
const history = new History();
const charts = new Charts();
let latest = null;
let range = 0;

function draw() {
  // Nobody sees it; the history goes on.
  if (!latest || document.hidden) return;
  const { metrics } = latest;
  const isEmpty = metrics.lookups === 0 && metrics.puts === 0 && metrics.entries === 0 && metrics.corruptions === 0;
  element('empty').hidden = !isEmpty;
  element('charts').hidden = isEmpty;
  element('panels').hidden = isEmpty;
  element('degraded').hidden = !metrics.isStoreDegraded;
  const since = new Date(metrics.since);
  element('since').textContent = since.getFullYear() > 2000 ? `counting since ${format.moment(since)}` : '';
  showTiles(metrics, history);
  if (isEmpty) return;
  charts.draw(history.points(range), metrics.lookupNanoseconds);
  showPanels(metrics);
}

function onSnapshot(at, metrics) {
  history.add(at, metrics);
  latest = { at, metrics };
  draw();
}

function onState(state) {
  const connection = element('connection');
  if (connection.dataset.state === state) return;
  connection.dataset.state = state;
  element('connection-text').textContent = labels[state];
  element('lost').hidden = state !== 'lost' || !latest;
  element('lost-since').textContent = latest ? format.time(new Date(latest.at)) : '';
}

element('cleanup').addEventListener('click', async () => {
  const text = 'Entries whose time to live has passed are removed. They answer nothing any more, and would leave by themselves a little later.';
  if (!await confirm('Clean up?', text, 'Clean up', 'btn-primary')) return;
  if (await send('POST', 'api/cleanup', ({ removed }) => `Cleaned up: ${format.count(removed)} expired entries removed.`)) entries.load();
});

element('clear').addEventListener('click', async () => {
  const text = 'Every signature is removed, from memory and from the store. Clients that have dropped theirs get an error from their provider in the current turn. This can not be undone.';
  if (!await confirm('Clear the cache?', text, 'Clear everything', 'btn-danger')) return;
  if (await send('POST', 'api/clear', 'Cleared.')) entries.load();
});

for (const input of document.querySelectorAll('input[name=range]')) {
  input.addEventListener('change', () => { range = Number(input.value); draw(); });
}

document.addEventListener('themechange', draw);
document.addEventListener('visibilitychange', draw);
listen(onSnapshot, onState);
entries.start();
