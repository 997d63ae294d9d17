using System.Globalization;
using System.IO.Compression;

namespace FastSignatureCache.Bench.Replay;

/// <summary>What a signature cache sees of some traffic. A look-up that misses inserts nothing.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Operations">The operations, in their order.</param>
public sealed record Trace(string Name, IReadOnlyList<TraceOperation> Operations)
{
    private const string FileName = "keystream.csv.gz";

    /// <summary>How many of the operations are look-ups.</summary>
    public int Lookups { get; } = Operations.Count(static operation => operation.IsLookup);

    /// <summary>How many different keys there are.</summary>
    public int Keys { get; } = Operations.Select(static operation => operation.Key).Distinct().Count();

    /// <summary>
    /// Reads all traces in a folder: <c>NAME/keystream.csv.gz</c>, a line <c>t,op,key</c> for each operation, with <c>t</c> in seconds,
    /// <c>op</c> <c>G</c> for a look-up or <c>P</c> for a put, and <c>key</c> a number.
    /// </summary>
    public static IReadOnlyList<Trace> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Reads the lines of a trace.</summary>
    public static Trace Parse(string name, IEnumerable<string> lines) => new(name, [.. lines.Where(IsOperation).Select(Parse)]);

    /// <summary>
    /// Moves each turn to a random moment before the next one that the trace knows: a trace that was recorded in steps of some seconds doesn't say more. The order
    /// of a conversation's turns stays. The same seed always gives the same.
    /// </summary>
    public Trace Spread(int seed)
    {
        var random = new Random(seed);
        var moments = Operations.Select(static operation => operation.Seconds).Distinct().Order().ToList();
        var turns = new Dictionary<int, (double Recorded, double Share, bool EndsWithPut)>();
        var spread = new List<TraceOperation>();
        foreach (var operation in Operations)
        {
            // A look-up and the put after it are one turn, and several turns of a conversation may share a step.
            var isSameStep = turns.TryGetValue(operation.Key, out var turn) && turn.Recorded == operation.Seconds;
            var earliest = isSameStep ? turn.Share : 0;
            var share = isSameStep && !turn.EndsWithPut ? earliest : earliest + ((1 - earliest) * random.NextDouble());
            turns[operation.Key] = (operation.Seconds, share, !operation.IsLookup);
            spread.Add(operation with { Seconds = operation.Seconds + (share * StepFrom(operation.Seconds)) });
        }

        return new(Name, [.. spread.OrderBy(static operation => operation.Seconds)]);

        // The last one stays where it is.
        double StepFrom(double seconds) => moments[Math.Min(moments.BinarySearch(seconds) + 1, moments.Count - 1)] - seconds;
    }

    private static Trace Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return Parse(Path.GetFileName(Path.GetDirectoryName(path))!, Lines(reader));
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // A heading, where there is one, doesn't begin with a digit.
    private static bool IsOperation(string line) => line.Length > 0 && char.IsAsciiDigit(line[0]);

    private static TraceOperation Parse(string line) => line.Split(',') is [var seconds, ("G" or "P") and var operation, var key]
        ? new(double.Parse(seconds, CultureInfo.InvariantCulture), operation == "G", int.Parse(key, CultureInfo.InvariantCulture))
        : throw new FormatException($"Not an operation of a trace: {line}");
}
