namespace FastSignatureCache.Renewal;

/// <summary>How long an entry lives, and when its life is due to be renewed. Immutable; all in ticks of 100 ns.</summary>
/// <remarks>
/// <para>
/// An entry that is put lives the minimum. A use in the second half of its life renews it: it lives half as long again as it is old, counted from that use, at
/// least the minimum and at most the maximum. So nothing ever expires later than the maximum after its last use or put.
/// </para>
/// <para>
/// The life that an entry is in is nowhere kept: it follows from the span between its creation and its expiry, which stores keep anyway. A renewal at an
/// age a makes that span a + 3/2 a, so the life is three fifths of it. Where a bound cut the life, the span is such that the same bound cuts three fifths of it.
/// </para>
/// </remarks>
/// <param name="minimum">The first life, and the shortest.</param>
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
        // Not three times the span: what a store says may be thousands of years.
        var (fifths, rest) = Math.DivRem(expires - created, 5);
        return Bounded((3 * fifths) + (3 * rest / 5));
    }

    /// <summary>The life that a use begins.</summary>
    public long After(long created, long now) => Bounded(now - created + ((now - created) / 2));

    /// <summary>From when on a use renews: the second half of the life that ends then.</summary>
    public long DueOf(long created, long expires) => renews ? expires - (LifeOf(created, expires) / 2) : expires;

    /// <summary>When an entry expires that is used now. What is renewed never expires earlier for it: no life is shorter than half of the one before.</summary>
    public long Renewed(long created, long expires, long now) =>
        now < DueOf(created, expires) || now >= expires ? expires : now + After(created, now);

    // Of an expiry before the creation, or of a creation yet to come, which only a store can say, nothing is left either way.
    private long Bounded(long life) => Math.Clamp(life, minimum, maximum);
}
