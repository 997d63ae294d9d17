using Microsoft.Extensions.Options;

namespace FastSignatureCache.Sqlite;

/// <summary>Checks all settings and names every fault, not only the first.</summary>
internal sealed class SqliteStoreOptionsValidator : IValidateOptions<SqliteStoreOptions>
{
    private const long MinMaxBytes = 1024 * 1024;
    private const int MaxMaxCommitBatch = 10_000;
    private const int MaxMaxReaders = 64;
    private static readonly TimeSpan MaxCommitDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MinBusyTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxBusyTimeout = TimeSpan.FromMinutes(1);

    public static void ThrowIfInvalid(SqliteStoreOptions options, string parameterName)
    {
        var faults = FaultsOf(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), parameterName);
        }
    }

    public ValidateOptionsResult Validate(string? name, SqliteStoreOptions options)
    {
        var faults = FaultsOf(options);
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static List<string> FaultsOf(SqliteStoreOptions options)
    {
        List<string> faults = [];
        Check(IsFile(options.DatabasePath), nameof(options.DatabasePath), "the path of a file", $"'{options.DatabasePath}'");
        Check(options.MaxBytes >= MinMaxBytes, nameof(options.MaxBytes), "at least 1,048,576", options.MaxBytes);
        Check(
            options.CommitDelay >= TimeSpan.Zero && options.CommitDelay <= MaxCommitDelay,
            nameof(options.CommitDelay),
            "between zero and 1 second",
            options.CommitDelay);
        Check(
            options.MaxCommitBatch is >= 1 and <= MaxMaxCommitBatch,
            nameof(options.MaxCommitBatch),
            "between 1 and 10,000",
            options.MaxCommitBatch);
        Check(
            options.BusyTimeout >= MinBusyTimeout && options.BusyTimeout <= MaxBusyTimeout,
            nameof(options.BusyTimeout),
            "between 1 millisecond and 1 minute",
            options.BusyTimeout);
        Check(options.MaxReaders is >= 1 and <= MaxMaxReaders, nameof(options.MaxReaders), "between 1 and 64", options.MaxReaders);
        return faults;

        void Check(bool isValid, string name, string rule, object actual)
        {
            if (!isValid)
            {
                faults.Add(FormattableString.Invariant($"{name} must be {rule}, but is {actual}."));
            }
        }
    }

    private static bool IsFile(string? path) =>
        !string.IsNullOrWhiteSpace(path)
        && !path.Contains('\0', StringComparison.Ordinal)
        && !Path.EndsInDirectorySeparator(path)
        && !Directory.Exists(path);
}
