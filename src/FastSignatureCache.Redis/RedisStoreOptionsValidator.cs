using System.Buffers;
using FastSignatureCache.Redis.Connections;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.Redis;

/// <summary>Checks all settings and names every fault, not only the first. What could be a secret is not repeated.</summary>
internal sealed class RedisStoreOptionsValidator : IValidateOptions<RedisStoreOptions>
{
    private const int MaxPrefixLength = 64;
    private const int MaxMaxRetries = 10;
    private const int MinMinimumCalls = 2;
    private const int MaxMinimumCalls = 10_000;
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    // Neither braces, which would decide the slot in a cluster, nor anything that has a meaning in a pattern.
    private static readonly SearchValues<char> PrefixCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:._-/");

    public static void ThrowIfInvalid(RedisStoreOptions options, string parameterName)
    {
        var faults = FaultsOf(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), parameterName);
        }
    }

    public ValidateOptionsResult Validate(string? name, RedisStoreOptions options)
    {
        var faults = FaultsOf(options);
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static List<string> FaultsOf(RedisStoreOptions options)
    {
        List<string> faults = [];
        if (ConnectionSettings.FaultOf(options.ConnectionString) is { } fault)
        {
            faults.Add($"{nameof(options.ConnectionString)} must be one of StackExchange.Redis or a redis:// URL, but {fault}.");
        }

        Check(
            options.KeyPrefix is { Length: >= 1 and <= MaxPrefixLength } prefix && !prefix.AsSpan().ContainsAnyExcept(PrefixCharacters),
            nameof(options.KeyPrefix),
            "1 to 64 ASCII letters, digits and : . _ - /",
            $"'{options.KeyPrefix}'");
        CheckTime(options.OperationTimeout, TimeSpan.FromMilliseconds(10), OneMinute, nameof(options.OperationTimeout));
        Check(options.MaxRetries is >= 0 and <= MaxMaxRetries, nameof(options.MaxRetries), "between 0 and 10", options.MaxRetries);
        CheckTime(options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10), nameof(options.RetryDelay));
        Check(
            options.BreakerFailureRatio is > 0 and <= 1,
            nameof(options.BreakerFailureRatio),
            "greater than 0 and at most 1",
            options.BreakerFailureRatio);
        Check(
            options.BreakerMinimumCalls is >= MinMinimumCalls and <= MaxMinimumCalls,
            nameof(options.BreakerMinimumCalls),
            "between 2 and 10,000",
            options.BreakerMinimumCalls);
        CheckTime(
            options.BreakerSampling, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(10), nameof(options.BreakerSampling));
        CheckTime(options.BreakDuration, TimeSpan.FromMilliseconds(500), OneMinute, nameof(options.BreakDuration));
        return faults;

        void CheckTime(TimeSpan actual, TimeSpan least, TimeSpan most, string name) =>
            Check(actual >= least && actual <= most, name, $"between {least} and {most}", actual);

        void Check(bool isValid, string name, string rule, object actual)
        {
            if (!isValid)
            {
                faults.Add(FormattableString.Invariant($"{name} must be {rule}, but is {actual}."));
            }
        }
    }
}
