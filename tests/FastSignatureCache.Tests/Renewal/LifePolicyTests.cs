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
    public void A_use_in_the_second_half_begins_a_life_of_five_thirds_of_the_age(int maximum)
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
                life = Math.Clamp(5 * (used - created) / 3, Minimum, maximum);
                var renewed = policy.Renewed(created, expires, used);
                Assert.Equal(used + life, renewed);
                Assert.True(renewed > expires);
                expires = renewed;
            }
        }
    }

    [Theory]
    [InlineData(264, 340)]
    [InlineData(265, 265 + 275)]
    [InlineData(339, 339 + 398)]
    [InlineData(340, 340)]
    public void Only_a_use_in_the_second_half_renews(long used, long expires)
    {
        var policy = new LifePolicy(100, 400, renews: true);

        // Renewed at 190, at the age of 90, for 150.
        Assert.Equal(265, policy.DueOf(100, 340));
        Assert.Equal(expires, policy.Renewed(100, 340, used));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(300)]
    [InlineData(10_000)]
    public void What_is_used_once_in_each_half_of_the_minimum_never_expires(int maximum)
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
                    // A put in its place goes on with its life.
                    (created, expires) = (now, now + policy.LifeOf(created, expires));
                }
            }
        }
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(160, 100)]
    [InlineData(200, 125)]
    [InlineData(500, 312)]
    [InlineData(639, 399)]
    [InlineData(640, 400)]
    [InlineData(10_000, 400)]
    public void The_life_is_five_eighths_of_the_span_between_the_bounds(long span, long life) =>
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
