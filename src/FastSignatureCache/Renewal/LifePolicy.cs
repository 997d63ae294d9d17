namespace FastSignatureCache.Renewal;

/// <summary>How long an entry lives, and when its life is due to be renewed. Immutable; all in ticks of 100 ns.</summary>
/// <remarks>
/// <para>
/// An entry that is put lives the minimum. A use in the second half of its life renews it: it lives 8/5 of its age, counted from that use, at least the
/// minimum and at most the maximum. What is put in its place lives as long, and not less than it would have. So nothing expires later than the maximum after its
/// last use or put, and nothing but a removal ever brings an end forward.
/// </para>
/// <para>
/// The life that an entry is in is nowhere kept: it follows from the span between its creation and its expiry, which stores keep anyway. A renewal at an
/// age makes that span 13/5 of the age, so the life is 8/13 of the span. Where a bound cut the life, the same bound cuts those 8/13. What is put in the place of
/// another is new and has its time yet: 8/13 of it count as its life too, and so it is due in the last third.
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
    public long LifeOf(long created, long expires) => Bounded(expires - created, 8, 13);

    /// <summary>The life that a use begins.</summary>
    public long After(long created, long now) => Bounded(now - created, 8, 5);

    /// <summary>From when on a use renews: the second half of the life that ends then.</summary>
    public long DueOf(long created, long expires) => renews ? expires - (LifeOf(created, expires) / 2) : expires;

    /// <summary>When an entry expires that is used now. What is renewed never expires earlier for it: no life that a use begins is shorter than the one it ends.</summary>
    public long Renewed(long created, long expires, long now) =>
        now < DueOf(created, expires) || now >= expires ? expires : now + After(created, now);

    /// <summary>When that expires which takes its place now.</summary>
    public long Replaced(long created, long expires, long now) => Math.Max(expires, now + After(created, now));

    // Divided first: what a store says may be thousands of years. It may also say that an entry expired before its creation, or that this is yet to come.
    private long Bounded(long ticks, long numerator, long denominator)
    {
        var (whole, rest) = Math.DivRem(ticks, denominator);
        return Math.Clamp((whole * numerator) + (rest * numerator / denominator), minimum, maximum);
    }
}
