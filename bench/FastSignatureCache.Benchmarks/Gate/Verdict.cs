namespace FastSignatureCache.Bench.Gate;

/// <summary>What a figure comes to.</summary>
internal enum Verdict
{
    /// <summary>Within its limit, and not much worse than the baseline.</summary>
    Met,

    /// <summary>Outside its limit, which the baseline says and gives a reason for; not much worse than the baseline.</summary>
    KnownMiss,

    /// <summary>The machine was too busy to tell.</summary>
    NotJudged,

    /// <summary>Outside its limit.</summary>
    Missed,

    /// <summary>Much worse than the baseline, whatever the limit.</summary>
    Regressed,
}
