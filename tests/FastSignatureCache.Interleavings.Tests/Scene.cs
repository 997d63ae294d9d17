using FastSignatureCache.Tests.Support;
using FastSignatureCache.Verification.Model;
using FastSignatureCache.Verification.Support;

namespace FastSignatureCache.Interleavings;

/// <summary>A cache with a clock, in the terms of the scenarios: numbers for keys and signatures.</summary>
internal sealed class Scene : IDisposable
{
    private readonly ManualTime _time;
    private readonly Settings _settings;

    public Scene(int capacity = 1_000, long maxBytes = 10_000_000, bool isAdaptive = false)
    {
        _time = new ManualTime();
        _settings = new Settings(capacity, maxBytes, isAdaptive);
        Cache = _settings.CreateCache(_time);
    }

    public SignatureCache Cache { get; }

    public SignatureCacheMetrics Metrics => Cache.GetMetrics();

    public void Put(int key, int signature) => Assert.True(Cache.Put(Names.Key(key), Names.Text(signature)));

    public void PutCandidate(int key, int signature, int history) =>
        Assert.True(Cache.Put([new Context(history, history, history).Of(key)], Names.Text(signature)));

    public CachedSignature? Get(int key) => Cache.TryGet(Names.Key(key), out var entry) ? entry : null;

    /// <summary>The signature's number, or null.</summary>
    public int? Find(int key) => Get(key) is { } entry ? Names.NumberOf(entry.Signature) : null;

    public int? Find(int key, int history) =>
        Cache.Lookup([new Context(history, history, history).Of(key)]).Entry is { } entry ? Names.NumberOf(entry.Signature) : null;

    public bool Remove(int key) => Cache.Remove(Names.Key(key));

    public bool Report(int key) => Cache.ReportCorrupted(Names.Key(key));

    public int Now => _time.Now;

    public void Advance(int ticks) => _time.Advance(ticks);

    public void LetAllExpire() => _time.Advance(Settings.TimeToLive);

    public void AssertIntact() => Cache.AssertIntact(_settings.Capacity, _settings.MaxBytes);

    public void Dispose() => Cache.Dispose();
}
