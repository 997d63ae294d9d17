using FastSignatureCache.Bench.GatewayOverhead.Comparing;

namespace FastSignatureCache.Bench.GatewayOverhead;

public class SpreadTests
{
    [Fact]
    public void Half_of_the_values_lie_between_the_quartiles() =>
        Assert.Equal(new Spread(2, 3, 4), Spread.Of([5, 1, 4, 2, 3]));

    [Fact]
    public void A_quantile_between_two_values_lies_as_far_between_them() =>
        Assert.Equal(new Spread(1.75, 2.5, 3.25), Spread.Of([4, 3, 2, 1]));

    [Fact]
    public void Of_one_value_all_are_that() => Assert.Equal(new Spread(7, 7, 7), Spread.Of([7]));
}
