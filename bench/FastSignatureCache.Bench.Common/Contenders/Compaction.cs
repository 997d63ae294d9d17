using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>Waits for the room that a full <see cref="MemoryCache"/> makes on the thread pool.</summary>
internal static class Compaction
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Returns at once if the cache took in the key. If it was full and refused it, returns when it has made room.</summary>
    public static void Await(MemoryCache cache, string key, int capacity)
    {
        if (cache.TryGetValue(key, out _))
        {
            return;
        }

        var start = Stopwatch.GetTimestamp();
        while (cache.Count >= capacity && Stopwatch.GetElapsedTime(start) < Patience)
        {
            Thread.Yield();
        }
    }
}
