using System.Diagnostics.Metrics;
using System.Text.Json;
using FastSignatureCache.Metrics;

namespace FastSignatureCache;

/// <summary>
/// Tells what <see cref="ISignatureCache.GetMetrics"/> tells to whoever listens to meters: OpenTelemetry, Prometheus, dotnet-counters.
/// </summary>
/// <remarks>
/// <para>
/// All instruments are observed when a listener collects, one snapshot for all of them, and cost nothing before that. The names that begin
/// with <c>dotnet.cache</c>, and their tags, are those of .NET's own MemoryCache; the others begin with <c>fast_signature_cache</c>. No tag
/// has more than some tens of values: models are bounded in number, and there are no conversations. After
/// <see cref="ISignatureCache.ResetMetrics"/> the counters begin at 0 again, as after a restart.
/// </para>
/// <para>A meter keeps its cache alive until it is disposed of. Thread-safe.</para>
/// </remarks>
public sealed class SignatureCacheMeter : IDisposable
{
    /// <summary>The name of the meter, to be named to whoever exports it.</summary>
    public const string MeterName = "FastSignatureCache";

    /// <summary>The name of a cache that was given none.</summary>
    public const string DefaultCacheName = "signatures";

    private readonly Meter _meter;
    private readonly KeyValuePair<string, object?> _name;
    private readonly SnapshotForCollection _snapshot;

    /// <summary>Begins to tell of a cache.</summary>
    /// <param name="cache">The cache. It is not disposed of.</param>
    /// <param name="cacheName">The value of the tag <c>dotnet.cache.name</c>, different for each cache of the process.</param>
    /// <param name="meterFactory">Makes the meter; null for one that no container knows.</param>
    /// <exception cref="ArgumentNullException">The cache is null.</exception>
    /// <exception cref="ArgumentException">The name is null or empty.</exception>
    public SignatureCacheMeter(ISignatureCache cache, string cacheName = DefaultCacheName, IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentException.ThrowIfNullOrEmpty(cacheName);
        _snapshot = new SnapshotForCollection(cache, TimeProvider.System);
        _name = new("dotnet.cache.name", cacheName);
        _meter = meterFactory?.Create(MeterName) ?? new Meter(MeterName);
        AddDotNetInstruments();
        AddLookupInstruments();
        AddRemovalInstruments();
        AddStoreInstruments();
    }

    /// <summary>Ends the instruments. The cache stays as it is.</summary>
    public void Dispose() => _meter.Dispose();

    // https://github.com/open-telemetry/semantic-conventions/pull/4068; the size is one of bytes here.
    private void AddDotNetInstruments()
    {
        Counter("dotnet.cache.requests", "{request}", "Look-ups, by whether they found a live entry.", metrics =>
        [
            Of(metrics.Hits, ("dotnet.cache.request.result", "hit")),
            Of(metrics.Misses, ("dotnet.cache.request.result", "miss")),
        ]);
        Counter("dotnet.cache.evictions", "{eviction}", "Keys removed to make room.", static metrics => metrics.Evictions);
        UpDownCounter("dotnet.cache.entries", "{entry}", "Keys kept.", static metrics => metrics.Entries);
        Gauge("dotnet.cache.estimated_size", "By", "The estimated memory that all entries take.", static metrics => metrics.EstimatedBytes);
    }

    private void AddLookupInstruments()
    {
        Counter("fast_signature_cache.requests", "{request}", "Look-ups, by model and by whether they found a live entry.", metrics =>
            metrics.Models.SelectMany(model => new[]
            {
                Of(model.Hits, ("model", model.Model), ("result", "hit")),
                Of(model.Misses, ("model", model.Model), ("result", "miss")),
            }));
        Counter("fast_signature_cache.misses", "{request}", "Look-ups that found nothing, by reason.", metrics =>
            metrics.MissesByReason.Select(miss => Of(miss.Value, Reason(miss.Key))));
        Counter("fast_signature_cache.evicted_then_missed", "{request}", "Misses of keys that had been evicted not long ago.",
            static metrics => metrics.EvictedThenMissed);
        Counter("fast_signature_cache.corruptions", "{corruption}", "Entries reported as corrupted and puts refused, by how it was noticed.",
            metrics => metrics.CorruptionsByReason.Select(corruption => Of(corruption.Value, Reason(corruption.Key))));
        Counter("fast_signature_cache.model.corruptions", "{corruption}", "Entries reported as corrupted and puts refused, by model.",
            metrics => metrics.Models.Select(model => Of(model.Corruptions, ("model", model.Model))));
        Quantiles("fast_signature_cache.request.duration", "s", "How long look-ups take, by a sample of them.",
            static metrics => [([], metrics.LookupNanoseconds)], inUnits: 1e-9);
        Counter("fast_signature_cache.request.duration.samples", "{request}", "Look-ups that were timed.",
            static metrics => metrics.LookupNanoseconds.Count);
    }

    private void AddRemovalInstruments()
    {
        Counter("fast_signature_cache.puts", "{entry}", "Signatures that were taken in, renewed ones included.", static metrics => metrics.Puts);
        Counter("fast_signature_cache.refused_sizes", "{entry}", "Puts refused because they are too large.", static metrics => metrics.RefusedSizes);
        Counter("fast_signature_cache.renewals", "{entry}", "Lives that began anew because their entry was in use.", static metrics => metrics.Renewals);
        Counter("fast_signature_cache.refreshes", "{refresh}", "Calls of the refresher, by whether they brought a fresh signature.", metrics =>
        [
            Of(metrics.Refreshes, ("result", "refreshed")),
            Of(metrics.RefreshFailures, ("result", "failed")),
        ]);
        Counter("fast_signature_cache.removals", "{entry}", "Keys that left, by reason.", metrics =>
            metrics.Removals.Select(removal => Of(removal.Count, Reason(removal.Reason))));
        Quantiles("fast_signature_cache.removal.age", "s", "How old what left was, by reason.", static metrics =>
            metrics.Removals.Select(static removal => (Tags(Reason(removal.Reason)), removal.Age)));
        Quantiles("fast_signature_cache.removal.uses", "{request}", "How many look-ups what left had answered, by reason.", static metrics =>
            metrics.Removals.Select(static removal => (Tags(Reason(removal.Reason)), removal.Uses)));
        Gauge("fast_signature_cache.capacity", "{entry}", "The most keys that may be kept.", static metrics => metrics.Capacity);
        Gauge("fast_signature_cache.size_limit", "By", "The most memory that entries may take.", static metrics => metrics.MaxBytes);
    }

    private void AddStoreInstruments()
    {
        Counter("fast_signature_cache.store.loads", "{load}", "How often the store was asked for a conversation.", static metrics => metrics.StoreLoads);
        Counter("fast_signature_cache.store.failures", "{failure}", "Operations of the store that failed or took too long.",
            static metrics => metrics.StoreFailures);
        Counter("fast_signature_cache.store.refusals", "{entry}", "Signatures from the store that were not taken.",
            static metrics => metrics.StoreRefusals);
        Counter("fast_signature_cache.store.drops", "{change}", "Changes that never reached the store.", static metrics => metrics.StoreDrops);
        Gauge("fast_signature_cache.store.degraded", "1", "1 while the store is in trouble, else 0.",
            static metrics => metrics.IsStoreDegraded ? 1 : 0);
    }

    private void Counter(string name, string unit, string description, Func<SignatureCacheMetrics, long> value) =>
        Counter(name, unit, description, metrics => [Of(value(metrics))]);

    private void Counter(string name, string unit, string description, Func<SignatureCacheMetrics, IEnumerable<Measurement<long>>> values) =>
        _meter.CreateObservableCounter(name, () => values(_snapshot.For(name)), unit, description);

    private void UpDownCounter(string name, string unit, string description, Func<SignatureCacheMetrics, long> value) =>
        _meter.CreateObservableUpDownCounter(name, () => Of(value(_snapshot.For(name))), unit, description);

    private void Gauge(string name, string unit, string description, Func<SignatureCacheMetrics, long> value) =>
        _meter.CreateObservableGauge(name, () => Of(value(_snapshot.For(name))), unit, description);

    // Of no values there are no quantiles: a gauge at 0 would say that they were quick, or young.
    private void Quantiles(
        string name,
        string unit,
        string description,
        Func<SignatureCacheMetrics, IEnumerable<(KeyValuePair<string, object?>[] Tags, DistributionMetrics Values)>> distributions,
        double inUnits = 1) =>
        _meter.CreateObservableGauge(
            name,
            () => distributions(_snapshot.For(name))
                .Where(static distribution => distribution.Values.Count > 0)
                .SelectMany(distribution => new (string Quantile, double Value)[]
                {
                    ("0.5", distribution.Values.P50),
                    ("0.95", distribution.Values.P95),
                    ("0.99", distribution.Values.P99),
                    ("0.999", distribution.Values.P999),
                    ("1", distribution.Values.Max),
                }.Select(quantile => new Measurement<double>(
                    quantile.Value * inUnits, [_name, .. distribution.Tags, new("quantile", quantile.Quantile)]))),
            unit,
            description);

    private Measurement<long> Of(long value, params (string Key, string Value)[] tags) => new(value, [_name, .. Tags(tags)]);

    private static KeyValuePair<string, object?>[] Tags(params (string Key, string Value)[] tags) =>
        Array.ConvertAll(tags, static tag => new KeyValuePair<string, object?>(tag.Key, tag.Value));

    private static (string Key, string Value) Reason<T>(T reason)
        where T : struct, Enum =>
        ("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));
}
