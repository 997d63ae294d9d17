namespace FastSignatureCache.Bench.Gate;

/// <summary>On which side of a limit a figure must be.</summary>
internal enum Bound
{
    /// <summary>Not over the limit.</summary>
    AtMost,

    /// <summary>Not under the limit.</summary>
    AtLeast,
}
