using FastSignatureCache.Gateway.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Gateway.Tests.Hosting;

public class GatewayLoggingTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.BadRequests", false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Http2", false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Http3", false)]
    [InlineData("Yarp.ReverseProxy.Forwarder.HttpForwarder", false)]
    [InlineData("Microsoft.AspNetCore.Server.KestrelOfAnother", true)]
    [InlineData("Microsoft.AspNetCore.Routing.EndpointMiddleware", true)]
    public void What_writes_whole_urls_is_silent_whatever_the_settings_say(string category, bool isHeard)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft"] = "Trace",
            ["Logging:Console:LogLevel:" + category + "*"] = "Trace",
        }).Build();
        using var loggers = LoggerFactory.Create(logging => GatewayLogging.Add(logging, configuration));
        var logger = loggers.CreateLogger(category);

        Assert.Equal(isHeard, logger.IsEnabled(LogLevel.Warning));
        Assert.Equal(isHeard, logger.IsEnabled(LogLevel.Trace));
        Assert.True(logger.IsEnabled(LogLevel.Error));
    }
}
