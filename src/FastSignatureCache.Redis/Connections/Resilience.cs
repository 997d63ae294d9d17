using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Connections;

/// <summary>How a round trip is protected: circuit breaker around timeout around repetitions.</summary>
/// <remarks>
/// The breaker stands outside so that a timeout counts as one failure and an open circuit costs nothing. Every command may be repeated: each
/// has the same effect twice as once.
/// </remarks>
internal static partial class Resilience
{
    public static ResiliencePipeline Create(RedisStoreOptions options, TimeProvider timeProvider, ILogger logger) =>
        new ResiliencePipelineBuilder { TimeProvider = timeProvider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.BreakerFailureRatio,
                MinimumThroughput = options.BreakerMinimumCalls,
                SamplingDuration = options.BreakerSampling,
                BreakDuration = options.BreakDuration,
                ShouldHandle = static arguments => new(IsOutage(arguments.Outcome.Exception)),
                OnOpened = arguments =>
                {
                    LogOpened(logger, arguments.BreakDuration, arguments.Outcome.Exception?.GetType().Name);
                    return default;
                },
                OnClosed = _ =>
                {
                    LogClosed(logger);
                    return default;
                },
            })
            .AddTimeout(options.OperationTimeout)
            .AddRetries(options)
            .Build();

    /// <summary>Whether a failure says that the server can't be used, rather than that it refused one command.</summary>
    public static bool IsOutage(Exception? failure) =>
        failure is TimeoutRejectedException or RedisTimeoutException or RedisConnectionException || IsPassing(failure);

    /// <summary>Whether the same command may succeed in a moment.</summary>
    public static bool IsPassing(Exception? failure) => failure switch
    {
        RedisConnectionException connection => connection.FailureType != ConnectionFailureType.AuthenticationFailure,
        RedisServerException server => server.Kind
            is RedisErrorKind.Loading
            or RedisErrorKind.ClusterDown
            or RedisErrorKind.MasterDown
            or RedisErrorKind.ReadOnly
            or RedisErrorKind.TryAgain
            or RedisErrorKind.NoReplicas
            or RedisErrorKind.MaxClients
            or RedisErrorKind.Moved
            or RedisErrorKind.Ask
            or RedisErrorKind.UnknownRedirectTarget
            or RedisErrorKind.NoScript,
        _ => false,
    };

    private static ResiliencePipelineBuilder AddRetries(this ResiliencePipelineBuilder builder, RedisStoreOptions options) =>
        options.MaxRetries == 0
            ? builder
            : builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static arguments => new(IsPassing(arguments.Outcome.Exception)),
            });

    // At each attempt that fails, so not for everybody: the cache above tells once that there is trouble. The kind of failure only: a message of
    // the server's may have the name of a user in it.
    [LoggerMessage(14, LogLevel.Debug, "The signature store can't be reached ({Failure}); calls fail at once for {BreakDuration}")]
    private static partial void LogOpened(ILogger logger, TimeSpan breakDuration, string? failure);

    [LoggerMessage(15, LogLevel.Debug, "The signature store can be reached again")]
    private static partial void LogClosed(ILogger logger);
}
