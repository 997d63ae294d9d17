using Microsoft.Extensions.Logging.Console;

namespace FastSignatureCache.Gateway.Hosting;

/// <summary>What the gateway writes to its log, and what it never does.</summary>
internal static class GatewayLogging
{
    /// <summary>These write whole URLs at lower levels, and Gemini's clients have their key in the query.</summary>
    private static readonly string[] CategoriesWithUrls =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
        "Yarp.ReverseProxy.Forwarder.HttpForwarder",
    ];

    public static void Add(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Error);
        // A gateway that cannot start says why on its own.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        foreach (var category in CategoriesWithUrls)
        {
            // After the configuration, and for the provider too, so that no setting undoes it.
            logging.AddFilter(category, AtLeast);
            logging.AddFilter<ConsoleLoggerProvider>(category, AtLeast);
        }

        static bool AtLeast(LogLevel level) => level >= LogLevel.Error;
    }
}
