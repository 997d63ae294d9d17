namespace FastSignatureCache.Renewal;

/// <summary>How long an entry lives, and when its life is due to be renewed. Immutable; all in ticks of 100 ns.</summary>
/// <remarks>
/// <para>
/// An entry that is put lives the minimum. A use in the second half of its life renews it: it lives five thirds of its age, counted from that use, at least the
/// minimum and at most the maximum. So nothing ever expires later than the maximum after its last use or put.
/// </para>
/// <para>
/// The life that an entry is in is nowhere kept: it follows from the span between its creation and its expiry, which stores keep anyway. A renewal at an
/// age makes that span 8/3 of the age, so the life is 5/8 of the span. Where a bound cut the life, the same bound cuts those 5/8.
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
    public long LifeOf(long created, long expires) => Bounded(expires - created, 5, 8);

    /// <summary>The life that a use begins.</summary>
    public long After(long created, long now) => Bounded(now - created, 5, 3);

    /// <summary>From when on a use renews: the second half of the life that ends then.</summary>
    public long DueOf(long created, long expires) => renews ? expires - (LifeOf(created, expires) / 2) : expires;

    /// <summary>When an entry expires that is used now. What is renewed never expires earlier for it: no life is shorter than half of the one before.</summary>
    public long Renewed(long created, long expires, long now) =>
        now < DueOf(created, expires) || now >= expires ? expires : now + After(created, now);

    // Divided first: what a store says may be thousands of years. It may also say that an entry expired before its creation, or that this is yet to come.
    private long Bounded(long ticks, long numerator, long denominator)
    {
        var (whole, rest) = Math.DivRem(ticks, denominator);
        return Math.Clamp((whole * numerator) + (rest * numerator / denominator), minimum, maximum);
    }
}
