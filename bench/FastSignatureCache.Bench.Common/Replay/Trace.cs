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

    /// <summary>Half of the distances between two moments that it has are longer, in seconds.</summary>
    public double MedianStep
    {
        get
        {
            var steps = Steps();
            return steps.Select(static step => step.To - step.From).Order().ElementAtOrDefault(steps.Count / 2);
        }
    }

    /// <summary>
    /// Reads all traces in a folder: <c>NAME/keystream.csv.gz</c>, a line <c>t,op,key</c> for each operation, with <c>t</c> in seconds,
    /// <c>op</c> <c>G</c> for a look-up or <c>P</c> for a put, and <c>key</c> a number.
    /// </summary>
    public static IReadOnlyList<Trace> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Reads the lines of a trace.</summary>
    public static Trace Parse(string name, IEnumerable<string> lines) => new(name, [.. lines.Where(IsOperation).Select(Parse)]);

    /// <summary>
    /// Moves each turn to a random moment of its step, which lasts until the next moment that the trace has: where a clock goes in steps, that is all
    /// that it says. The order of a conversation's turns stays. The same seed always gives the same.
    /// </summary>
    public Trace Spread(int seed)
    {
        var random = new Random(seed);
        var ends = Steps().ToDictionary(static step => step.From, static step => step.To);
        var spread = new Dictionary<(int Key, double Seconds), double>();
        foreach (var (seconds, _, key) in Operations)
        {
            // The last moment stays where it is.
            spread.TryAdd((key, seconds), seconds + ((ends.GetValueOrDefault(seconds, seconds) - seconds) * random.NextDouble()));
        }

        return new(
            Name,
            [.. Operations.Select(operation => operation with { Seconds = spread[(operation.Key, operation.Seconds)] }).OrderBy(static operation => operation.Seconds)]);
    }

    private List<(double From, double To)> Steps()
    {
        var moments = Operations.Select(static operation => operation.Seconds).Distinct().Order().ToList();
        return [.. moments.Zip(moments.Skip(1))];
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
