namespace FastSignatureCache.Bench.Memory;

/// <summary>What a cache takes.</summary>
/// <param name="Entries">The entries in it.</param>
/// <param name="BytesPerEntry">What one entry takes all in, as the GC reports it.</param>
/// <param name="EstimatedBytesPerEntry">What the cache itself reports, where it reports anything.</param>
internal sealed record MemoryFigures(int Entries, double BytesPerEntry, double? EstimatedBytesPerEntry);
