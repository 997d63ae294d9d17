namespace FastSignatureCache.Bench.Gate;

/// <summary>One figure that is guarded.</summary>
/// <param name="Id">Its name in the baseline.</param>
/// <param name="Title">Its name in the table.</param>
/// <param name="Bound">On which side of the limit it must be.</param>
/// <param name="Limit">The limit, which it may reach.</param>
internal sealed record GateCheck(string Id, string Title, Bound Bound, double Limit)
{
    private const double RelativeTolerance = 0.15;

    /// <summary>How much worse than the baseline it may be, for figures that are no ratios. Null: 15 % of the baseline.</summary>
    public double? AbsoluteTolerance { get; init; }

    public bool IsMetBy(double value) => Bound == Bound.AtMost ? value <= Limit : value >= Limit;

    public bool IsRegression(double value, double baseline) => Bound == Bound.AtMost
        ? value > (AbsoluteTolerance is { } more ? baseline + more : baseline * (1 + RelativeTolerance))
        : value < (AbsoluteTolerance is { } less ? baseline - less : baseline / (1 + RelativeTolerance));
}
