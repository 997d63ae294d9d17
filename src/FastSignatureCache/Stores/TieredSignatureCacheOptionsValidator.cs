using Microsoft.Extensions.Options;

namespace FastSignatureCache.Stores;

/// <summary>Checks all settings and names every fault, not only the first.</summary>
internal sealed class TieredSignatureCacheOptionsValidator : IValidateOptions<TieredSignatureCacheOptions>
{
    private const int MaxMaxBatchSize = 100_000;
    private const int MaxMaxQueuedChanges = 10_000_000;
    private const int MinMaxQueuedBytes = 1_024;
    private const int MinMaxKnownConversations = 3;
    private const int MaxMaxKnownConversations = 100_000_000;
    private static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxWriteDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MinProbeInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxProbeInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinCleanupInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxCleanupInterval = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxDisposalTimeout = TimeSpan.FromHours(1);

    public static void ThrowIfInvalid(TieredSignatureCacheOptions options, string parameterName)
    {
        var faults = FaultsOf(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), parameterName);
        }
    }

    public ValidateOptionsResult Validate(string? name, TieredSignatureCacheOptions options)
    {
        var faults = FaultsOf(options);
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static List<string> FaultsOf(TieredSignatureCacheOptions options)
    {
        List<string> faults = [];
        Check(Enum.IsDefined(options.Durability), nameof(options.Durability), "a defined StoreDurability", options.Durability);
        CheckTime(options.ReadTimeout, MinTimeout, MaxTimeout, nameof(options.ReadTimeout), "between 1 millisecond and 1 minute");
        CheckTime(options.WriteTimeout, MinTimeout, MaxTimeout, nameof(options.WriteTimeout), "between 1 millisecond and 1 minute");
        CheckTime(options.WriteDelay, TimeSpan.Zero, MaxWriteDelay, nameof(options.WriteDelay), "between 0 and 1 minute");
        Check(
            options.MaxBatchSize is >= 1 and <= MaxMaxBatchSize,
            nameof(options.MaxBatchSize), "between 1 and 100,000", options.MaxBatchSize);
        Check(
            options.MaxQueuedChanges is >= 1 and <= MaxMaxQueuedChanges,
            nameof(options.MaxQueuedChanges), "between 1 and 10,000,000", options.MaxQueuedChanges);
        Check(options.MaxQueuedBytes >= MinMaxQueuedBytes, nameof(options.MaxQueuedBytes), "at least 1,024", options.MaxQueuedBytes);
        CheckTime(
            options.ProbeInterval, MinProbeInterval, MaxProbeInterval, nameof(options.ProbeInterval), "between 10 milliseconds and 1 hour");
        if (options.CleanupInterval != Timeout.InfiniteTimeSpan)
        {
            CheckTime(
                options.CleanupInterval, MinCleanupInterval, MaxCleanupInterval,
                nameof(options.CleanupInterval), "between 1 second and 1 day, or infinite");
        }

        CheckTime(options.DisposalTimeout, TimeSpan.Zero, MaxDisposalTimeout, nameof(options.DisposalTimeout), "between 0 and 1 hour");
        Check(
            options.MaxKnownConversations is >= MinMaxKnownConversations and <= MaxMaxKnownConversations,
            nameof(options.MaxKnownConversations), "between 3 and 100,000,000", options.MaxKnownConversations);
        return faults;

        void CheckTime(TimeSpan actual, TimeSpan least, TimeSpan most, string name, string rule) =>
            Check(actual >= least && actual <= most, name, rule, actual);

        void Check(bool isValid, string name, string rule, object actual)
        {
            if (!isValid)
            {
                faults.Add(FormattableString.Invariant($"{name} must be {rule}, but is {actual}."));
            }
        }
    }
}
