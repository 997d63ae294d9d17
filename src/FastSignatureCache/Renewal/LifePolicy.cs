using System.Numerics;

namespace FastSignatureCache.Renewal;

/// <summary>How long an entry lives, and when its life is due to be renewed. Immutable; all in ticks of 100 ns.</summary>
/// <remarks>
/// <para>
/// An entry that is put lives the minimum. A use in the second half of its life renews it: it lives twice as long as before, at most the
/// maximum, counted from that use. So nothing ever expires later than the maximum after its last use or put.
/// </para>
/// <para>
/// The life that an entry is in is nowhere kept: it follows from the span between its creation and its expiry, which stores keep anyway. After k
/// renewals, each in the second half, that span is more than 2^k - 1 and at most 2^(k+1) - 1 minimums, so k is the logarithm of the span in minimums,
/// rounded up to whole ones first. The same holds when the creation is that of a signature in the place of another, whose life it goes on with. A span
/// of the maximum or more always means the maximum: the next life would be that anyway.
/// </para>
/// </remarks>
/// <param name="minimum">The first life.</param>
/// <param name="maximum">The longest; not below the minimum.</param>
/// <param name="renews">Whether anything is ever due: otherwise only the minimum counts.</param>
internal sealed class LifePolicy(long minimum, long maximum, bool renews)
{
    public long First => minimum;

    /// <summary>Whether a life is ever longer than the first, or begins again with a use.</summary>
    public static bool IsAdaptive(SignatureCacheOptions options) => options.MinTimeToLive is not null || options.MaxTimeToLive is not null;

    /// <param name="options">The settings, valid ones.</param>
    /// <param name="isRefreshed">Whether there is somebody to fetch a fresh signature when one is due.</param>
    public static LifePolicy Of(SignatureCacheOptions options, bool isRefreshed)
    {
        var (minimum, maximum) = Bounds(options);
        return new(minimum.Ticks, maximum.Ticks, isRefreshed || IsAdaptive(options));
    }

    /// <summary>The bounds that the settings come to.</summary>
    public static (TimeSpan Minimum, TimeSpan Maximum) Bounds(SignatureCacheOptions options) =>
        (options.MinTimeToLive ?? options.TimeToLive, options.MaxTimeToLive ?? options.TimeToLive);

    /// <summary>The life that an entry is in.</summary>
    public long LifeOf(long created, long expires)
    {
        var span = expires - created;
        if (span >= maximum)
        {
            return maximum;
        }

        // Of an expiry before the creation, which only a store can say, nothing is left either way.
        var minimums = (Math.Max(0, span - 1) / minimum) + 1;
        return Math.Min(minimum << BitOperations.Log2((ulong)minimums), maximum);
    }

    /// <summary>The life after that one.</summary>
    public long After(long life) => life > maximum / 2 ? maximum : 2 * life;

    /// <summary>From when on a use renews: the second half of the life that ends then.</summary>
    public long DueOf(long created, long expires) => renews ? expires - (LifeOf(created, expires) / 2) : expires;

    /// <summary>When an entry expires that is used now.</summary>
    public long Renewed(long created, long expires, long now) =>
        now < DueOf(created, expires) || now >= expires ? expires : now + After(LifeOf(created, expires));
}
