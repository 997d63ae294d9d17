using System.Collections.Immutable;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>One entry of a client's history.</summary>
internal abstract record Entry
{
    /// <summary>All it says, without ids and signatures.</summary>
    public abstract string Words { get; }

    /// <summary>The same without the model's own text.</summary>
    public virtual string TurnWords => Words;
}

internal sealed record UserMessage(string Text) : Entry
{
    public override string Words => $"user {Text};";
}

internal sealed record ToolResults(ImmutableArray<Call> Calls, ImmutableArray<string> Texts) : Entry
{
    public override string Words => $"results {string.Join(',', Texts)};";
}

/// <summary>A step of the model, as the client has it now.</summary>
/// <param name="Text">Its text, which the client may have edited or dropped.</param>
/// <param name="Calls">Its calls, with the ids that the client sends.</param>
/// <param name="Truth">What the model issued for exactly this step. It goes with the step wherever the client takes it.</param>
/// <param name="IsKept">Whether this client, for once, sends the signature itself.</param>
internal sealed record ModelStep(string? Text, ImmutableArray<Call> Calls, Issued Truth, bool IsKept) : Entry
{
    public override string TurnWords => Calls.IsEmpty ? "" : (this with { Text = null }).Words;

    public override string Words => $"model {Text}|{string.Join(',', Calls.Select(static call => $"{call.Name}{call.Arguments}"))};";

    /// <summary>What it says up to the part that is signed: the first call, or else the text.</summary>
    public string SignedWords => Calls.IsEmpty ? SignedPart : $"model {Text}|{SignedPart}";

    public string SignedPart => Calls.IsEmpty ? $"model {Text}" : $"{Calls[0].Name}{Calls[0].Arguments}";
}
