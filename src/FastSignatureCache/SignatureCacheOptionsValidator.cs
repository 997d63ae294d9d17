using Microsoft.Extensions.Options;

namespace FastSignatureCache;

/// <summary>Checks all settings and names every fault, not only the first.</summary>
internal sealed class SignatureCacheOptionsValidator : IValidateOptions<SignatureCacheOptions>
{
    private const int MaxCapacity = 100_000_000;
    private const int MinMaxBytes = 1_024;
    private const int MaxMaxSignatureLength = 1_000_000_000;
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(3_650);
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
        Check(
            options.TimeToLive > TimeSpan.Zero && options.TimeToLive <= MaxTimeToLive,
            nameof(options.TimeToLive),
            "greater than zero and at most 3,650 days",
            options.TimeToLive);
        Check(Enum.IsDefined(options.Format), nameof(options.Format), "a defined SignatureFormat", options.Format);
        Check(
            options.CleanupInterval == Timeout.InfiniteTimeSpan
                || (options.CleanupInterval >= MinCleanupInterval && options.CleanupInterval <= MaxCleanupInterval),
            nameof(options.CleanupInterval),
            "between 1 second and 1 day, or infinite",
            options.CleanupInterval);
        return faults;

        void Check(bool isValid, string name, string rule, object actual)
        {
            if (!isValid)
            {
                faults.Add(FormattableString.Invariant($"{name} must be {rule}, but is {actual}."));
            }
        }
    }
}
