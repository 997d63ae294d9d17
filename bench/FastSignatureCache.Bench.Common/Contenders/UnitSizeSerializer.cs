using System.Buffers;
using Microsoft.Extensions.Caching.Hybrid;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>
/// Gives every entry of a HybridCache the size of one byte, so that the size limit of the memory cache below it counts entries.
/// Without a second level nothing is ever read back.
/// </summary>
internal sealed class UnitSizeSerializer : IHybridCacheSerializer<PeerEntry>
{
    public PeerEntry Deserialize(ReadOnlySequence<byte> source) =>
        throw new NotSupportedException("There is no second level to read from.");

    public void Serialize(PeerEntry value, IBufferWriter<byte> target)
    {
        target.GetSpan(1)[0] = 0;
        target.Advance(1);
    }
}
