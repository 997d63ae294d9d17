using System.Diagnostics.Metrics;
using FastSignatureCache.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FastSignatureCache.Tests.Metrics;

public sealed class SignatureCacheMeterTests : IDisposable
{
    private readonly string _name = Guid.NewGuid().ToString();
    private readonly SignatureCache _cache = new(new() { Capacity = 2 });
    private readonly SignatureCacheMeter _meter;

    public SignatureCacheMeterTests() => _meter = new(_cache, _name);

    public void Dispose()
    {
        _meter.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void Instruments_tell_what_the_metrics_tell()
    {
        for (var i = 0; i < 4; i++)
        {
            _cache.Put(Signatures.Key(i), Signatures.Thought(i));
        }

        _cache.TryGet(Signatures.Key(3), out _);
        _cache.TryGet(Signatures.Key(0), out _);
        _cache.Put(Signatures.Key(5), "no signature");
        var metrics = _cache.GetMetrics();
        var told = Collect();

        Assert.Equal(metrics.Hits, told["dotnet.cache.requests dotnet.cache.request.result=hit"]);
        Assert.Equal(metrics.Misses, told["dotnet.cache.requests dotnet.cache.request.result=miss"]);
        Assert.Equal(metrics.Evictions, told["dotnet.cache.evictions"]);
        Assert.Equal(metrics.Entries, told["dotnet.cache.entries"]);
        Assert.Equal(metrics.EstimatedBytes, told["dotnet.cache.estimated_size"]);
        Assert.Equal(1, told["fast_signature_cache.requests model=gemini-3-pro-preview result=hit"]);
        Assert.Equal(1, told["fast_signature_cache.misses reason=miss"]);
        Assert.Equal(0, told["fast_signature_cache.misses reason=conversation_mismatch"]);
        Assert.Equal(1, told["fast_signature_cache.corruptions reason=malformed_put"]);
        Assert.Equal(1, told["fast_signature_cache.model.corruptions model=gemini-3-pro-preview"]);
        Assert.Equal(2, told["fast_signature_cache.removals reason=capacity"]);
        Assert.Equal(metrics.Removals[0].Age.P50, told["fast_signature_cache.removal.age quantile=0.5 reason=capacity"]);
        Assert.Equal(0, told["fast_signature_cache.removal.uses quantile=1 reason=capacity"]);
        Assert.Equal(1, told["fast_signature_cache.evicted_then_missed"]);
        Assert.Equal(4, told["fast_signature_cache.puts"]);
        Assert.Equal(2, told["fast_signature_cache.capacity"]);
        Assert.Equal(metrics.MaxBytes, told["fast_signature_cache.size_limit"]);
        Assert.Equal(0, told["fast_signature_cache.store.degraded"]);
        Assert.DoesNotContain(told.Keys, static key => key.Contains("conversation-", StringComparison.Ordinal));
        Assert.DoesNotContain(told.Keys, static key => key.StartsWith("fast_signature_cache.removal.age", StringComparison.Ordinal)
            && key.Contains("expired", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_collection_tells_the_present()
    {
        _cache.Put(Signatures.Key(1), Signatures.Thought(1));
        Assert.Equal(1, Collect()["fast_signature_cache.puts"]);
        _cache.Put(Signatures.Key(2), Signatures.Thought(2));
        Assert.Equal(2, Collect()["fast_signature_cache.puts"]);
    }

    [Fact]
    public void Instruments_have_units_and_descriptions() =>
        Assert.All(Listen((_, _) => { }).Instruments, static instrument =>
        {
            Assert.False(string.IsNullOrEmpty(instrument.Unit));
            Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal);
        });

    [Fact]
    public async Task A_container_gives_its_cache_a_meter_and_ends_it()
    {
        var factory = new RecordingFactory();
        var services = new ServiceCollection().AddSingleton<IMeterFactory>(factory).AddSignatureCache().BuildServiceProvider();
        var ended = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (factory.Meters.Contains(instrument.Meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
            MeasurementsCompleted = (instrument, _) => ended.Add(instrument),
        };
        listener.Start();

        services.GetRequiredService<ISignatureCache>();
        Assert.Equal(SignatureCacheMeter.MeterName, Assert.Single(factory.Meters).Name);
        Assert.Empty(ended);
        await services.DisposeAsync();
        Assert.Contains(ended, static instrument => instrument.Name == "dotnet.cache.requests");
    }

    private Dictionary<string, double> Collect()
    {
        var told = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = Listen(told.Add).Listener;
        listener.RecordObservableInstruments();
        return told;
    }

    private (MeterListener Listener, List<Instrument> Instruments) Listen(Action<string, double> tell)
    {
        var instruments = new List<Instrument>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == SignatureCacheMeter.MeterName)
                {
                    instruments.Add(instrument);
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Tell(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Tell(instrument, value, tags));
        listener.Start();
        return (listener, instruments);

        // Other tests have caches too.
        void Tell(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var byName = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value);
            if (byName.Remove("dotnet.cache.name", out var name) && (string?)name == _name)
            {
                tell(string.Join(' ', [instrument.Name, .. byName.OrderBy(static tag => tag.Key).Select(static tag => $"{tag.Key}={tag.Value}")]), value);
            }
        }
    }

    private sealed class RecordingFactory : IMeterFactory
    {
        public List<Meter> Meters { get; } = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            Meters.Add(meter);
            return meter;
        }

        // The cache's owner has to end it: a meter of a container's own factory ends with that.
        public void Dispose()
        {
        }
    }
}
