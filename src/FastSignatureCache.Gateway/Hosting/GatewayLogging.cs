namespace FastSignatureCache.Gateway.Hosting;

/// <summary>What the gateway writes to its log, and what it never does.</summary>
internal static class GatewayLogging
{
    /// <summary>These, and those below them, write whole URLs at lower levels, and Gemini's clients have their key in the query.</summary>
    private static readonly string[] CategoriesWithUrls =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.Server.Kestrel",
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
        logging.Services.PostConfigure<LoggerFilterOptions>(static options => KeepUrlsOut(options.Rules, options.MinLevel));
    }

    private static bool MayHaveUrls(string category) => Array.Exists(
        CategoriesWithUrls,
        known => category.StartsWith(known, StringComparison.Ordinal) && (category.Length == known.Length || category[known.Length] == '.'));

    // Inside each rule, whoever made it and for whatever provider: a setting can be more exact than a rule of ours, and would go before it.
    private static void KeepUrlsOut(IList<LoggerFilterRule> rules, LogLevel leastLevel)
    {
        // For what no other rule is for.
        rules.Insert(0, new LoggerFilterRule(null, null, leastLevel, null));
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            rules[i] = new LoggerFilterRule(
                rule.ProviderName,
                rule.CategoryName,
                rule.LogLevel,
                (provider, category, level) => (level >= LogLevel.Error || !MayHaveUrls(category ?? ""))
                    && rule.Filter?.Invoke(provider, category, level) != false);
        }
    }
}
