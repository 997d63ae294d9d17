using System.Text.Json.Nodes;
using FastSignatureCache.Emulator;

namespace FastSignatureCache.Durability.Load;

/// <summary>Sends histories without their signatures through gateways, and looks at what reaches the upstream.</summary>
internal sealed class Replays(UpstreamEmulator upstream)
{
    /// <summary>The header by which a replayed request is found again. The product knows nothing of it.</summary>
    public const string Header = "X-Replay";

    private const int AtOnce = 8;

    private int _number;

    /// <summary>How many signatures of the conversations came back, how many did not, and how many came that were never theirs.</summary>
    public async Task<(int Restored, int Lost, int Wrong)> CheckAsync(IReadOnlyCollection<Talk> talks)
    {
        var before = upstream.GetRecordedRequests().Count;
        var named = talks.ToDictionary(_ => $"{++_number}");
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(named, parallel, async (pair, _) => await pair.Value.ReplayAsync(pair.Key));

        var arrived = upstream.GetRecordedRequests().Skip(before).ToDictionary(request => request.Headers[Header]);
        var (restored, lost, wrong) = (0, 0, 0);
        foreach (var (name, talk) in named)
        {
            string[] found = [.. SignatureTexts.In(JsonNode.Parse(arrived[name].Body.Span))];
            // In their order, each in its place.
            var common = found.SequenceEqual(talk.Signatures) ? found.Length : found.Zip(talk.Signatures).Count(pair => pair.First == pair.Second);
            restored += common;
            lost += talk.Signatures.Count - common;
            wrong += found.Except(talk.Signatures).Count();
        }

        return (restored, lost, wrong);
    }
}
