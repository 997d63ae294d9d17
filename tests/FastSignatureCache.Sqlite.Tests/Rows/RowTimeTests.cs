using FastSignatureCache.Sqlite.Rows;

namespace FastSignatureCache.Sqlite.Tests.Rows;

public class RowTimeTests
{
    [Fact]
    public void Ids_are_in_the_order_of_time()
    {
        DateTimeOffset[] times =
        [
            new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero),
            DateTimeOffset.UnixEpoch,
            new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1),
            new(2113, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ];
        long[] ids = [.. times.Select(time => RowTime.FirstId(RowTime.Of(time)))];

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(times.Length, ids.Distinct().Count());
        Assert.All(times, time => Assert.Equal(time, RowTime.ToTime(RowTime.OfId(RowTime.FirstId(RowTime.Of(time))))));
    }

    [Fact]
    public void A_time_of_another_zone_is_the_same_moment()
    {
        var time = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(5));

        Assert.Equal(time, RowTime.ToTime(RowTime.Of(time)));
    }
}
