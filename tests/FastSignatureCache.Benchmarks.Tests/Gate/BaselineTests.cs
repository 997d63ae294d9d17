namespace FastSignatureCache.Bench.Gate;

public class BaselineTests
{
    private static readonly GateCheck Ceiling = new("cost", "cost", Bound.AtMost, 1.4);
    private static readonly GateCheck Floor = new("gain", "gain", Bound.AtLeast, 2);
    private static readonly GateCheck Points = new("points", "points", Bound.AtLeast, -0.2) { AbsoluteTolerance = 0.2 };

    private static Baseline Of(GateCheck check, double value, string? knownMiss = null)
    {
        var baseline = Baseline.Empty;
        baseline.Figures.Add(check.Id, new BaselineEntry(value, knownMiss));
        return baseline;
    }

    [Theory]
    [InlineData(1.4, nameof(Verdict.Met))]
    [InlineData(1.41, nameof(Verdict.Missed))]
    [InlineData(double.NaN, nameof(Verdict.Missed))]
    public void Without_a_baseline_the_limit_decides(double value, string verdict) =>
        Assert.Equal(verdict, Baseline.Empty.Judge(new GateFigure(Ceiling, value)).ToString());

    [Theory]
    [InlineData(1.14, nameof(Verdict.Met))]
    [InlineData(1.16, nameof(Verdict.Regressed))]
    public void Costs_may_rise_by_15_percent(double value, string verdict) =>
        Assert.Equal(verdict, Of(Ceiling, 1).Judge(new GateFigure(Ceiling, value)).ToString());

    [Theory]
    [InlineData(4 / 1.14, nameof(Verdict.Met))]
    [InlineData(4 / 1.16, nameof(Verdict.Regressed))]
    public void Gains_may_fall_by_15_percent(double value, string verdict) =>
        Assert.Equal(verdict, Of(Floor, 4).Judge(new GateFigure(Floor, value)).ToString());

    [Theory]
    [InlineData(0.51, nameof(Verdict.Met))]
    [InlineData(0.49, nameof(Verdict.Regressed))]
    public void Differences_may_worsen_by_their_own_tolerance(double value, string verdict) =>
        Assert.Equal(verdict, Of(Points, 0.7).Judge(new GateFigure(Points, value)).ToString());

    [Theory]
    [InlineData(1.6, "because", nameof(Verdict.KnownMiss))]
    [InlineData(1.6, null, nameof(Verdict.Missed))]
    [InlineData(1.9, "because", nameof(Verdict.Regressed))]
    [InlineData(1.3, "because", nameof(Verdict.Met))]
    public void A_known_miss_is_let_through_unless_it_worsens(double value, string? reason, string verdict) =>
        Assert.Equal(verdict, Of(Ceiling, 1.6, reason).Judge(new GateFigure(Ceiling, value)).ToString());

    [Fact]
    public void What_is_in_doubt_is_not_judged() =>
        Assert.Equal(Verdict.NotJudged, Of(Ceiling, 1).Judge(new GateFigure(Ceiling, 9, "noise")));

    [Fact]
    public void An_update_keeps_the_reason_of_a_miss_and_invents_none()
    {
        Assert.Equal(new BaselineEntry(1.7, "because"), Of(Ceiling, 1.6, "because").With([new(Ceiling, 1.7)]).Find(Ceiling));
        Assert.Equal(new BaselineEntry(1.7), Of(Ceiling, 1.6).With([new(Ceiling, 1.7)]).Find(Ceiling));
    }

    [Fact]
    public void An_update_drops_the_reason_once_the_limit_is_met() =>
        Assert.Equal(new BaselineEntry(1.3), Of(Ceiling, 1.6, "because").With([new(Ceiling, 1.3)]).Find(Ceiling));

    [Fact]
    public void An_update_leaves_alone_what_was_in_doubt_or_not_measured() =>
        Assert.Equal(new BaselineEntry(1.2), Of(Ceiling, 1.2).With([new(Ceiling, 9, "noise"), new(Floor, 3)]).Find(Ceiling));

    [Fact]
    public void A_baseline_is_read_as_it_was_written()
    {
        var baseline = Of(Ceiling, 1.5, "because of \"this\"");
        Assert.Equal(baseline.Figures, Baseline.Parse(baseline.ToString()).Figures);
    }
}
