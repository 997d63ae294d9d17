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
    public void The_life_is_doubled_once_for_each_renewal_whenever_in_its_second_half(int maximum)
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
                // Where the span has reached the maximum, the life counts as the maximum a little earlier: the next is the same.
                Assert.Equal(expires - created >= maximum ? maximum : life, policy.LifeOf(created, expires));
                var used = expires - (life / 2) + random.NextInt64(life / 2);
                life = Math.Min(2 * life, maximum);
                expires = policy.Renewed(created, expires, used);
                Assert.Equal(used + life, expires);
            }
        }
    }

    [Theory]
    [InlineData(149, false)]
    [InlineData(150, true)]
    [InlineData(199, true)]
    [InlineData(200, false)]
    public void Only_a_use_in_the_second_half_renews(long used, bool renews)
    {
        var policy = new LifePolicy(100, 400, renews: true);

        Assert.Equal(150, policy.DueOf(100, 200));
        Assert.Equal(renews ? used + 200 : 200, policy.Renewed(100, 200, used));
    }

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
                }
            }
        }
    }
}
