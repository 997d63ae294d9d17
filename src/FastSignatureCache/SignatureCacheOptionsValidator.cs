using FastSignatureCache.Renewal;
using Microsoft.Extensions.Options;

namespace FastSignatureCache;

/// <summary>Checks all settings and names every fault, not only the first.</summary>
internal sealed class SignatureCacheOptionsValidator : IValidateOptions<SignatureCacheOptions>
{
    private const int MaxCapacity = 100_000_000;
    private const int MinMaxBytes = 1_024;
    private const int MaxMaxSignatureLength = 1_000_000_000;
    private const int MaxMaxConcurrentRefreshes = 1_000;
    private const int MaxMaxQueuedRefreshes = 1_000_000;
    private static readonly TimeSpan LongestTimeToLive = TimeSpan.FromDays(3_650);
    private static readonly TimeSpan MinCleanupInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxCleanupInterval = TimeSpan.FromDays(1);

    public static void ThrowIfInvalid(SignatureCacheOptions options, string parameterName)
    {
        var faults = FaultsOf(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), parameterName);
        }
    }

    public ValidateOptionsResult Validate(string? name, SignatureCacheOptions options)
    {
        var faults = FaultsOf(options);
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static List<string> FaultsOf(SignatureCacheOptions options)
    {
        List<string> faults = [];
        Check(options.Capacity is >= 1 and <= MaxCapacity, nameof(options.Capacity), "between 1 and 100,000,000", options.Capacity);
        Check(options.MaxBytes >= MinMaxBytes, nameof(options.MaxBytes), "at least 1,024", options.MaxBytes);
        Check(
            options.MaxSignatureLength is >= 1 and <= MaxMaxSignatureLength,
            nameof(options.MaxSignatureLength),
            "between 1 and 1,000,000,000",
            options.MaxSignatureLength);
        CheckTimeToLive(options.TimeToLive, nameof(options.TimeToLive));
        CheckTimeToLive(options.MinTimeToLive, nameof(options.MinTimeToLive));
        CheckTimeToLive(options.MaxTimeToLive, nameof(options.MaxTimeToLive));
        var (minimum, maximum) = LifePolicy.Bounds(options);
        Check(
            minimum <= maximum,
            options.MinTimeToLive is null ? nameof(options.MaxTimeToLive) : nameof(options.MinTimeToLive),
            options.MinTimeToLive is null ? $"at least {minimum}, the {nameof(options.TimeToLive)}"
                : $"at most {maximum}, the {(options.MaxTimeToLive is null ? nameof(options.TimeToLive) : nameof(options.MaxTimeToLive))}",
            options.MinTimeToLive ?? maximum);
        Check(
            options.MaxConcurrentRefreshes is >= 1 and <= MaxMaxConcurrentRefreshes,
            nameof(options.MaxConcurrentRefreshes),
            "between 1 and 1,000",
            options.MaxConcurrentRefreshes);
        Check(
            options.MaxQueuedRefreshes is >= 1 and <= MaxMaxQueuedRefreshes,
            nameof(options.MaxQueuedRefreshes),
            "between 1 and 1,000,000",
            options.MaxQueuedRefreshes);
        Check(Enum.IsDefined(options.Format), nameof(options.Format), "a defined SignatureFormat", options.Format);
        Check(
            options.CleanupInterval == Timeout.InfiniteTimeSpan
                || (options.CleanupInterval >= MinCleanupInterval && options.CleanupInterval <= MaxCleanupInterval),
            nameof(options.CleanupInterval),
            "between 1 second and 1 day, or infinite",
            options.CleanupInterval);
        return faults;

        void CheckTimeToLive(TimeSpan? actual, string name) => Check(
            actual is not { } time || (time > TimeSpan.Zero && time <= LongestTimeToLive), name, "greater than zero and at most 3,650 days", actual ?? default);

        void Check(bool isValid, string name, string rule, object actual)
        {
            if (!isValid)
            {
                faults.Add(FormattableString.Invariant($"{name} must be {rule}, but is {actual}."));
            }
        }
    }
}
