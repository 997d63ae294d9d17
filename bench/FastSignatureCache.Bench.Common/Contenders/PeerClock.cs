using System.Runtime.CompilerServices;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>The clock of the peers that have no time to live of their own.</summary>
internal static class PeerClock
{
    /// <summary>Milliseconds of some clock: the cheapest that the runtime has, so that no peer loses by its clock.</summary>
    public static long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
#pragma warning disable RS0030 // A TimeProvider's timestamp costs six times as much, and would make the peers slower than they need be.
        get => Environment.TickCount64;
#pragma warning restore RS0030
    }
}
