using System.Globalization;

namespace FastSignatureCache.Durability.Load;

/// <summary>What a run with crashes came to.</summary>
/// <param name="Kills">How often something was killed.</param>
/// <param name="Conversations">How many conversations there were.</param>
/// <param name="Responses">How many answers clients received whole.</param>
/// <param name="Restored">How many of the signatures in them came back at the end, each in its place.</param>
/// <param name="Lost">How many did not, after a restart or at the end.</param>
/// <param name="Wrong">How many came that were never issued to the conversation.</param>
/// <param name="Refusals">What the upstream said to requests that lacked a signature.</param>
internal sealed record CrashFigures(
    int Kills, int Conversations, int Responses, int Restored, int Lost, int Wrong, IReadOnlyList<string> Refusals)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"kills={Kills}, conversations={Conversations}, responses={Responses}, restored={Restored}, lost={Lost}, wrong={Wrong}, ")
        + string.Create(CultureInfo.InvariantCulture, $"refused={Refusals.Count}");
}
