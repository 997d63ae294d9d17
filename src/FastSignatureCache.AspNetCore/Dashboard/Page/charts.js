// The three charts, by Apache ECharts.
import * as format from './format.js';

const latencies = [['Max', 'max'], ['p99.9', 'p999'], ['p99', 'p99'], ['p95', 'p95'], ['p50', 'p50']];

export class Charts {
  #ids = ['rates-chart', 'lookups-chart', 'latency-chart'];
  #charts = [];

  constructor() {
    document.addEventListener('themechange', () => this.#create());
    const resized = new ResizeObserver(() => this.#charts.forEach(chart => chart.resize()));
    this.#ids.forEach(id => resized.observe(document.getElementById(id)));
  }

  draw(points, latency) {
    if (this.#charts.length === 0) this.#create();
    const [rates, lookups, percentiles] = this.#charts;
    const series = value => ({ data: points.map(point => [point.at, value(point)]) });
    rates.setOption({ series: [series(point => point.hitRate), series(point => point.corruptionRate)] });
    lookups.setOption({ series: [series(point => point.hits), series(point => point.misses)] });
    percentiles.setOption({ series: [{ data: latencies.map(([, member]) => latency[member] || null) }] });
    this.#describe(points, latency);
  }

  // For who sees no chart: what it comes to.
  #describe(points, latency) {
    const last = points.at(-1);
    if (!last) return;
    const known = points.map(point => point.hitRate).filter(value => value !== null);
    const lowest = known.length ? `, lowest ${format.percent(Math.min(...known))}` : '';
    this.#label(0, `Hit rate ${last.hitRate === null ? 'unknown' : format.percent(last.hitRate)} now${lowest}; corruption rate ${format.percent(last.corruptionRate ?? 0)}`);
    const busiest = Math.max(...points.map(point => point.hits + point.misses));
    this.#label(1, `${format.rate(last.hits)} hits and ${format.rate(last.misses)} misses per second now, at most ${format.rate(busiest)} look-ups`);
    this.#label(2, latencies.map(([name, member]) => `${name} ${format.nanoseconds(latency[member])}`).reverse().join(', '));
  }

  #label(index, text) {
    document.getElementById(this.#ids[index]).setAttribute('aria-label', text);
  }

  #create() {
    if (document.getElementById('charts').hidden) return;
    this.#charts.forEach(chart => chart.dispose());
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    const text = colour('--bs-secondary-color-solid');
    const frame = {
      animation: false,
      textStyle: { fontFamily: style.getPropertyValue('--bs-body-font-family'), color: text },
      grid: { left: 4, right: 28, top: 30, bottom: 4, containLabel: true },
      legend: { right: 0, top: 0, itemWidth: 12, itemHeight: 8, icon: 'roundRect', textStyle: { color: text } },
      // Drawn on the canvas: a tooltip of HTML has inline styles, which the page's security policy forbids.
      tooltip: { trigger: 'axis', renderMode: 'richText', backgroundColor: colour('--bs-body-bg'), borderColor: colour('--bs-border-color'), textStyle: { color: colour('--bs-body-color'), fontSize: 12 } },
    };
    const lines = { lineStyle: { color: colour('--bs-border-color') } };
    const labels = { color: text, hideOverlap: true };
    const time = { type: 'time', axisLine: lines, axisTick: { show: false }, axisLabel: { ...labels, formatter: { hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}' } }, splitNumber: 4 };
    const value = { type: 'value', axisLabel: labels, splitLine: lines, splitNumber: 3, min: 0 };
    const line = (name, tone, more) => ({ name, type: 'line', showSymbol: false, color: colour(tone), lineStyle: { width: 2 }, ...more });
    const area = (opacity, width) => ({ stack: 'lookups', areaStyle: { opacity }, lineStyle: { width } });
    const shown = formatter => ({ ...frame.tooltip, valueFormatter: value => value === null || value === undefined ? format.none : formatter(value) });

    this.#charts = this.#ids.map(id => window.echarts.init(document.getElementById(id)));
    const [rates, lookups, percentiles] = this.#charts;
    rates.setOption({
      ...frame, xAxis: time, yAxis: { ...value, max: 100, interval: 25, axisLabel: { ...labels, formatter: '{value} %' } }, tooltip: shown(format.percent),
      series: [line('Hit rate', '--tone-hit', { areaStyle: { opacity: 0.12 } }), line('Corruption rate', '--tone-bad')],
    });
    lookups.setOption({
      ...frame, xAxis: time, yAxis: { ...value, minInterval: 1 }, tooltip: shown(format.rate),
      series: [line('Hits', '--tone-hit', area(0.25, 1.5)), line('Misses', '--tone-miss', area(0.7, 0))],
    });
    percentiles.setOption({
      ...frame, grid: { ...frame.grid, top: 4, right: 64 }, legend: { show: false }, tooltip: { show: false },
      xAxis: { type: 'log', min: 1, axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: false } },
      yAxis: { type: 'category', data: latencies.map(([name]) => name), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { ...labels, hideOverlap: false } },
      series: [{ type: 'bar', color: colour('--tone-time'), barWidth: '55%', label: { show: true, position: 'right', color: colour('--bs-body-color'), formatter: bar => format.nanoseconds(bar.value) } }],
    });
  }
}
