namespace FastSignatureCache.Bench.Gate;

/// <summary>Repeats a measurement until enough of the runs were quiet: what is known to cost the same each time came near its least.</summary>
internal static class QuietRuns
{
    private const int Wanted = 5;
    private const int Needed = 3;
    private const int Patience = 25;
    private const double Tolerance = 1.08;

    /// <param name="measure">One run, given its number from 1 on.</param>
    /// <param name="yardstick">What costs the same in each run, but for what others do on the machine.</param>
    /// <returns>The quiet runs, and why nothing should be concluded from them, if so.</returns>
    public static (IReadOnlyList<T> Runs, string? Doubt) Of<T>(Func<int, T> measure, Func<T, double> yardstick)
    {
        List<T> runs = [];
        List<T> quiet = [];
        while (quiet.Count < Wanted && runs.Count < Patience)
        {
            runs.Add(measure(runs.Count + 1));
            var least = runs.Min(yardstick);
            quiet = runs.FindAll(run => yardstick(run) <= Tolerance * least);
        }

        Console.Error.WriteLine($"  {quiet.Count} quiet runs of {runs.Count}");
        return (quiet, quiet.Count < Needed ? $"the machine was quiet in {quiet.Count} of {runs.Count} runs only" : null);
    }
}
