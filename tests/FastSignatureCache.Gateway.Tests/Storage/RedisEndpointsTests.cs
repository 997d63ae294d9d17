using FastSignatureCache.Gateway.Storage;

namespace FastSignatureCache.Gateway.Tests.Storage;

public class RedisEndpointsTests
{
    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("one.test:6379, two.test:6380,password=secret,ssl=true", "one.test:6379, two.test:6380")]
    [InlineData("one.test:6379,user=secret,password=secret,secret", "one.test:6379")]
    [InlineData("[::1]:6379,password=secret", "[::1]:6379")]
    [InlineData("redis://secret:secret@one.test:6379/0?x=secret", "one.test:6379")]
    [InlineData("password=secret", "")]
    public void Where_a_connection_leads_is_shown_and_nothing_else(string connection, string shown) =>
        Assert.Equal(shown, RedisEndpoints.Of(connection));
}
