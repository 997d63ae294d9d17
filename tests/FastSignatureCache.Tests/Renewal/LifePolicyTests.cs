using FastSignatureCache.Renewal;

namespace FastSignatureCache.Tests.Renewal;

public class LifePolicyTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(150)]
    [InlineData(230)]
    [InlineData(400)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void A_use_in_the_second_half_begins_a_life_half_as_long_again_as_it_is_old(int maximum)
    {
        const int Minimum = 100;
        var policy = new LifePolicy(Minimum, maximum, renews: true);
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var created = random.Next(1_000);
            long life = Minimum;
            var expires = created + life;
            for (var i = 0; i < 20; i++)
            {
                // To the tick: an odd age leaves half a one.
                Assert.InRange(policy.LifeOf(created, expires), life - 1, life);
                var used = policy.DueOf(created, expires) + random.NextInt64(life / 2);
                life = Math.Clamp(3 * (used - created) / 2, Minimum, maximum);
                var renewed = policy.Renewed(created, expires, used);
                Assert.Equal(used + life, renewed);
                Assert.True(renewed > expires);
                expires = renewed;
            }
        }
    }

    [Theory]
    [InlineData(274, 350)]
    [InlineData(275, 275 + 262)]
    [InlineData(349, 349 + 373)]
    [InlineData(350, 350)]
    public void Only_a_use_in_the_second_half_renews(long used, long expires)
    {
        var policy = new LifePolicy(100, 400, renews: true);

        // Renewed at 200, at the age of 100, for 150.
        Assert.Equal(275, policy.DueOf(100, 350));
        Assert.Equal(expires, policy.Renewed(100, 350, used));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(166, 100)]
    [InlineData(200, 120)]
    [InlineData(500, 300)]
    [InlineData(666, 399)]
    [InlineData(667, 400)]
    [InlineData(10_000, 400)]
    public void The_life_is_three_fifths_of_the_span_between_the_bounds(long span, long life) =>
        Assert.Equal(life, new LifePolicy(100, 400, renews: true).LifeOf(7, 7 + span));

    [Fact]
    public void Times_from_a_store_can_be_any()
    {
        foreach (var (minimum, maximum) in new[] { (1L, 1L), (1, TimeSpan.FromDays(3_650).Ticks), (TimeSpan.FromDays(3_650).Ticks, TimeSpan.FromDays(3_650).Ticks) })
        {
            var policy = new LifePolicy(minimum, maximum, renews: true);
            foreach (var created in new[] { 0, DateTime.MaxValue.Ticks / 2, DateTime.MaxValue.Ticks })
            {
                foreach (var expires in new[] { 0, DateTime.MaxValue.Ticks / 2, DateTime.MaxValue.Ticks })
                {
                    Assert.InRange(policy.LifeOf(created, expires), minimum, maximum);
                    Assert.InRange(policy.DueOf(created, expires), expires - maximum, expires);
                    Assert.InRange(policy.After(created, expires), minimum, maximum);
                    Assert.True(policy.Renewed(created, expires, expires - 1) >= expires);
                }
            }
        }
    }
}
