// What the counters were, in a bounded number of samples for each range: some hundred, however long the page stays open.
const ranges = [{ length: 300_000, step: 2_000 }, { length: 3_600_000, step: 15_000 }, { length: 86_400_000, step: 300_000 }];

// A hit rate is of so many steps, so that a quiet moment is no gap.
const smoothing = 8;

export class History {
  #rings = ranges.map(range => ({ ...range, samples: [] }));
  #latest = null;

  add(at, { hits, misses, corruptions, since }) {
    const sample = { at, hits, misses, corruptions, since };
    // The counters began anew, or the host did.
    if (this.#latest && (sample.since !== this.#latest.since || hits < this.#latest.hits || misses < this.#latest.misses)) {
      for (const ring of this.#rings) ring.samples.length = 0;
    }
    this.#latest = sample;
    for (const { samples, step, length } of this.#rings) {
      // Snapshots come a little early or late.
      if (samples.length === 0 || at - samples.at(-1).at >= step - 500) samples.push(sample);
      while (samples[0].at < at - length) samples.shift();
    }
  }

  // What has happened in the last so many milliseconds, at least from one snapshot to the next.
  over(milliseconds) {
    const { samples } = this.#rings[0];
    const from = samples.find(sample => sample.at >= this.#latest.at - milliseconds) ?? samples[0];
    return difference(from, this.#latest);
  }

  points(range) {
    const { samples } = this.#rings[range];
    const all = this.#latest && samples.at(-1) !== this.#latest ? [...samples, this.#latest] : samples;
    return all.slice(1).map((sample, index) => {
      const step = difference(all[index], sample);
      const window = difference(all[Math.max(0, index + 1 - smoothing)], sample);
      return { at: sample.at, hits: step.hitsPerSecond, misses: step.missesPerSecond, hitRate: window.hitRate, corruptionRate: window.corruptionRate };
    });
  }
}

function difference(from, to) {
  const passed = Math.max(to.at - from.at, 1) / 1_000;
  const hits = to.hits - from.hits;
  const lookups = hits + to.misses - from.misses;
  return {
    lookups,
    hitsPerSecond: hits / passed,
    missesPerSecond: (lookups - hits) / passed,
    hitRate: lookups === 0 ? null : 100 * hits / lookups,
    corruptionRate: lookups === 0 ? null : Math.min(100, 100 * (to.corruptions - from.corruptions) / lookups),
  };
}
