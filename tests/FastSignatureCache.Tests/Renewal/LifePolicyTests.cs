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
    public void A_use_in_the_second_half_begins_a_life_of_eight_fifths_of_the_age(int maximum)
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
                Assert.Equal(life, policy.LifeOf(created, expires));
                var used = policy.DueOf(created, expires) + random.NextInt64(life / 2);
                life = Math.Clamp(8 * (used - created) / 5, Minimum, maximum);
                var renewed = policy.Renewed(created, expires, used);
                Assert.Equal(used + life, renewed);
                Assert.True(renewed > expires);
                expires = renewed;
            }
        }
    }

    [Theory]
    [InlineData(261, 334)]
    [InlineData(262, 262 + 259)]
    [InlineData(333, 333 + 372)]
    [InlineData(334, 334)]
    public void Only_a_use_in_the_second_half_renews(long used, long expires)
    {
        var policy = new LifePolicy(100, 400, renews: true);

        // Renewed at 190, at the age of 90, for 144.
        Assert.Equal(262, policy.DueOf(100, 334));
        Assert.Equal(expires, policy.Renewed(100, 334, used));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(300)]
    [InlineData(10_000)]
    public void What_is_used_again_within_half_the_minimum_each_time_never_expires(int maximum)
    {
        const int Minimum = 100;
        var policy = new LifePolicy(Minimum, maximum, renews: true);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (created, now, expires) = (0L, 0L, (long)Minimum);
            for (var i = 0; i < 500; i++)
            {
                now += random.Next(1 + (Minimum / 2));
                Assert.True(now < expires);
                expires = policy.Renewed(created, expires, now);
                Assert.True(expires <= now + maximum);
                if (random.Next(5) == 0)
                {
                    var replaced = policy.Replaced(created, expires, now);
                    Assert.InRange(replaced, Math.Max(expires, now + Minimum), now + maximum);
                    (created, expires) = (now, replaced);
                }
            }
        }
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(162, 100)]
    [InlineData(200, 123)]
    [InlineData(500, 307)]
    [InlineData(649, 399)]
    [InlineData(650, 400)]
    [InlineData(10_000, 400)]
    public void The_life_is_eight_thirteenths_of_the_span_between_the_bounds(long span, long life) =>
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
