using System.Runtime.CompilerServices;

namespace FastSignatureCache.Metrics;

/// <summary>Chooses which look-ups are timed: one in so many, before it begins, for the price of one comparison.</summary>
/// <remarks>
/// Those whose key's hash has, in some of its bits, the value whose turn it is. Turns are drawn at random and change with the look-ups that
/// were counted, not with those that were timed: so each look-up has the same chance, whether its key is popular or not. Two readings of the
/// clock cost as much as a look-up, and a random draw nearly so.
/// </remarks>
internal static class LookupSampling
{
    /// <summary>One look-up in so many is timed, in the long run.</summary>
    public const int LookupsPerSample = 512;

    /// <summary>A turn lasts so many look-ups of a thread's cell. So rare that no processor waits for the turn's cache line.</summary>
    public const int LookupsPerTurn = 4_096;

    // The lowest bit of a hash is always 1, and the upper half says where its key is in the table.
    private const int Shift = 1;
    private const uint Mask = (LookupsPerSample - 1) << Shift;

    private static uint _turn;

    /// <summary>Whether a look-up is to be timed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Chooses(ulong hash) => ((uint)hash & Mask) == _turn;

    /// <summary>Tells what a cell has come to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance(long count)
    {
        if ((count & (LookupsPerTurn - 1)) == 0)
        {
            Draw();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
#pragma warning disable CA5394 // Nothing secret hangs on it.
    private static void Draw() => _turn = (uint)Random.Shared.Next(LookupsPerSample) << Shift;
#pragma warning restore CA5394
}
