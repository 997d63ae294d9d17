// Puts one snapshot into the tiles and the tables.
import * as format from './format.js';
import { fill, show } from './rows.js';

const models = 8;
const corruptions = 6;
const element = id => document.getElementById(id);
const set = (id, text) => { if (element(id).textContent !== text) element(id).textContent = text; };

export function showTiles(metrics, history) {
  const minute = history.over(60_000);
  const now = history.over(5_000);
  const since = metrics.lookups ? `${format.percent(metrics.hitRate)} in all` : 'no look-ups yet';
  set('hit-rate', minute.hitRate === null ? (metrics.lookups ? format.percent(metrics.hitRate) : format.none) : format.percent(minute.hitRate));
  set('hit-rate-note', minute.hitRate === null ? (metrics.lookups ? 'none in the last minute; in all' : since) : `last minute; ${since}`);
  set('corruption-rate', metrics.lookups || metrics.corruptions ? format.percent(metrics.corruptionRate) : format.none);
  set('corruption-rate-note', `${format.count(metrics.corruptions)} in all`);
  set('lookups', `${format.rate(now.hitsPerSecond + now.missesPerSecond)} /s`);
  set('lookups-note', `${format.count(metrics.lookups)} in all`);
  const latency = metrics.lookupNanoseconds;
  set('latency', latency.count ? format.nanoseconds(latency.p50) : format.none);
  set('latency-note', latency.count ? `median; 99 % within ${format.nanoseconds(latency.p99)}` : 'nothing measured yet');
  showLimit('entries', metrics.entries, metrics.capacity, format.count);
  showLimit('bytes', metrics.estimatedBytes, metrics.maxBytes, format.bytes);
}

function showLimit(name, value, limit, shown) {
  set(name, shown(value));
  set(`${name}-note`, `of ${shown(limit)}`);
  const share = limit ? Math.min(100, 100 * value / limit) : 0;
  const bar = element(`${name}-bar`);
  bar.setAttribute('aria-valuenow', share.toFixed(0));
  bar.firstElementChild.style.width = `${share}%`;
}

export function showPanels(metrics) {
  showModels(metrics);
  showRemovals(metrics);
  show(element('misses'), 'count-row', Object.entries(metrics.missesByReason)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => ({ name: reason === 'Miss' || reason === 'miss' ? 'Nothing kept' : format.words(reason), count: format.count(count) })));
  set('misses-note', metrics.misses ? '' : 'No misses yet.');
  showStore(metrics);
  const recent = metrics.recentCorruptions.slice(0, corruptions);
  show(element('corruptions'), 'corruption-row', recent.map(({ at, model, reason }) =>
    ({ when: format.moment(new Date(at)), model, reason: reason.toLowerCase() === 'malformedput' ? 'Malformed' : format.words(reason) })));
  set('corruptions-note', recent.length ? `${format.count(metrics.corruptions)} in all` : 'None. Every signature was well-formed, and no provider refused one.');
}

function showModels(metrics) {
  const shown = metrics.models.slice(0, models);
  show(element('models'), 'model-row', shown.map(model => ({
    model: model.model,
    lookups: format.short(model.hits + model.misses),
    rate: model.hits + model.misses ? format.percent(model.hitRate) : format.none,
    corruptions: format.short(model.corruptions),
  })));
  const rest = metrics.models.length - shown.length;
  set('models-note', rest > 0 ? `and ${rest} more` : shown.length ? '' : 'No look-ups yet.');
  const known = element('known-models');
  while (known.children.length > shown.length) known.lastElementChild.remove();
  while (known.children.length < shown.length) known.append(document.createElement('option'));
  shown.forEach(({ model }, index) => { known.children[index].value = model; });
}

function showRemovals(metrics) {
  const removals = metrics.removals.filter(removal => removal.count > 0);
  show(element('removals'), 'removal-row', removals.map(({ reason, count, age, uses }) => ({
    reason: format.words(reason),
    count: format.short(count),
    age: age.count ? format.seconds(age.p50) : format.none,
    oldest: age.count ? format.seconds(age.p95) : format.none,
    uses: uses.count ? format.count(uses.p50) : format.none,
  })));
  const again = metrics.evictedThenMissed;
  set('removals-note', again > 0
    ? `${format.count(again)} evicted keys were asked for again: more room would have answered them.`
    : 'No evicted key was asked for again: there is room enough.');
}

function showStore(metrics) {
  const state = element('store-state');
  fill(state, {});
  set('store-state', metrics.isStoreDegraded ? 'in trouble' : 'well');
  state.className = `badge ${metrics.isStoreDegraded ? 'text-bg-warning' : 'badge-well'}`;
  show(element('store'), 'count-row', [
    ['Conversations asked for', metrics.storeLoads], ['Failures', metrics.storeFailures],
    ['Refused by checks', metrics.storeRefusals], ['Changes lost', metrics.storeDrops],
  ].map(([name, count]) => ({ name, count: format.count(count) })));
}
