using System.Diagnostics.Metrics;

namespace FastSignatureCache.Metrics;

/// <summary>
/// Gives the cache of a container its meter. The container disposes of this, and so of the meter: it could not know of a meter that is made with
/// the cache, and nobody would ask it for one that is not.
/// </summary>
/// <param name="meterFactory">The container's, if it has one.</param>
internal sealed class MeterOfCache(IMeterFactory? meterFactory) : IDisposable
{
    private SignatureCacheMeter? _meter;

    public ISignatureCache For(ISignatureCache cache)
    {
        _meter = new SignatureCacheMeter(cache, meterFactory: meterFactory);
        return cache;
    }

    public void Dispose() => _meter?.Dispose();
}
