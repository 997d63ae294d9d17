using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Memory;

namespace FastSignatureCache.Bench.Gate;

/// <summary>What an entry takes: 36 characters of conversation, a shared model, 400 characters of base64.</summary>
internal static class MemoryGate
{
    private const int SignatureLength = 400;
    private const int LongSignatureLength = 4_000;
    private const double BytesPerCharacterOfString = 2;

    private static readonly GateCheck AtThousand = new("entry bytes at 1,000", "bytes an entry at 1,000", Bound.AtMost, 700);
    private static readonly GateCheck AtMillion = new("entry bytes at 1,000,000", "bytes an entry at 1,000,000", Bound.AtMost, 700);
    private static readonly GateCheck ShareOfString =
        new("signature/string", "memory of a signature's characters, times a string's", Bound.AtMost, 0.4);
    private static readonly GateCheck EstimateError =
        new("estimate's error", "error of the cache's own estimate, %", Bound.AtMost, 15) { AbsoluteTolerance = 5 };

    public static IEnumerable<GateFigure> Measure()
    {
        var thousand = Measure(1_000, SignatureLength);
        var million = Measure(1_000_000, SignatureLength);
        var longer = Measure(1_000, LongSignatureLength);
        var perCharacter = (longer.BytesPerEntry - thousand.BytesPerEntry) / (LongSignatureLength - SignatureLength);

        yield return new GateFigure(AtThousand, thousand.BytesPerEntry);
        yield return new GateFigure(AtMillion, million.BytesPerEntry);
        yield return new GateFigure(ShareOfString, perCharacter / BytesPerCharacterOfString);
        yield return new GateFigure(EstimateError, new[] { thousand, million, longer }.Max(ErrorOf));
    }

    private static MemoryFigures Measure(int entries, int signatureLength)
    {
        var figures = MemoryProbe.Measure<SignatureCacheContender>(entries, signatureLength);
        Console.Error.WriteLine(
            $"  {entries:N0} x {signatureLength:N0}: {figures.BytesPerEntry:N0} bytes, estimated {figures.EstimatedBytesPerEntry:N0}");
        return figures;
    }

    private static double ErrorOf(MemoryFigures figures) =>
        100 * Math.Abs((figures.EstimatedBytesPerEntry!.Value / figures.BytesPerEntry) - 1);
}
