// Numbers as people read them, with their units.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export const none = '–';
export const count = value => whole.format(value);
export const plural = (value, one, many) => `${count(value)} ${value === 1 ? one : many}`;
export const short = value => (value < 100_000 ? whole : compact).format(value);
export const time = date => clock.format(date);
export const moment = date => (Math.abs(Date.now() - date) < 43_200_000 ? clock : day).format(date);

export function percent(value) {
  // 99.97 must not be shown as 100.
  const digits = value > 0 && value < 1 || value > 99 && value < 100 ? 2 : 1;
  const factor = 10 ** digits;
  const shown = value < 100 ? Math.min(Math.round(value * factor) / factor, 100 - 1 / factor) : value;
  return `${shown.toFixed(value === 0 || value >= 100 ? 0 : digits)} %`;
}

export const rate = value => value === 0 || value >= 100 ? whole.format(value) : value.toFixed(value < 10 ? 2 : 1);

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = value < 1 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), units.length - 1);
  const scaled = value / 1024 ** power;
  return `${scaled.toFixed(power === 0 || scaled >= 100 || Number.isInteger(scaled) ? 0 : 1)} ${units[power]}`;
}

export function nanoseconds(value) {
  const units = ['ns', 'µs', 'ms', 's'];
  const power = value < 1_000 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);
  const scaled = value / 1_000 ** power;
  return `${scaled.toFixed(power === 0 || scaled >= 100 ? 0 : 1)} ${units[power]}`;
}

export function seconds(value) {
  const units = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']];
  const [size, unit] = units.find(([size]) => value >= size) ?? [1, 's'];
  const scaled = value / size;
  return `${scaled.toFixed(scaled < 10 && unit !== 's' ? 1 : 0)} ${unit}`;
}

// CapacityReached as "Capacity reached".
export const words = name => name.replace(/(?!^)([A-Z])/g, letter => ` ${letter.toLowerCase()}`).replace(/^./, letter => letter.toUpperCase());
