using System.Diagnostics;
using System.Globalization;

namespace FastSignatureCache.Verification.Support;

/// <summary>
/// How long a check goes on: a fixed number of rounds in the short form, which is the default; as long as the environment variable
/// FSC_VERIFY_MINUTES says in the long one. The minutes are for each test project, and its checks share them.
/// </summary>
internal sealed class Budget
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan? _time;
    private bool _begun;

    /// <param name="checks">How many checks share the time.</param>
    public Budget(int checks)
    {
        var minutes = Environment.GetEnvironmentVariable("FSC_VERIFY_MINUTES");
        _time = string.IsNullOrEmpty(minutes)
            ? null
            : TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)) / checks;
    }

    /// <summary>Whether to go on for another batch: always for the first.</summary>
    public bool HasMore()
    {
        var more = !_begun || Stopwatch.GetElapsedTime(_started) < _time;
        _begun = true;
        return more;
    }

    /// <summary>Prints what was done, whether or not the test fails.</summary>
    public void Print(string what)
    {
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        TestContext.Current.SendDiagnosticMessage("{0}", string.Create(CultureInfo.InvariantCulture, $"{what}, {seconds:F1} s"));
    }
}
