using System.Text;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>A protocol as the clients and the model of a world write it. Each step of the model says which entry it is, for whoever checks.</summary>
internal abstract class IdentityWire
{
    public static readonly IdentityWire[] All =
    [
        new GeminiIdentityWire(),
        new OpenAiIdentityWire(),
        new AnthropicIdentityWire("claude-sonnet-4", isPrefixBound: false),
        new AnthropicIdentityWire("claude-next-1", isPrefixBound: true),
    ];

    public abstract string Path { get; }

    /// <summary>Whether a signature is good only after exactly what stood before it.</summary>
    public virtual bool IsPrefixBound => false;

    /// <summary>Whether signatures of earlier turns are wanted back too.</summary>
    public virtual bool RestoresEarlierTurns => false;

    /// <summary>The signatures that stand before a place, where one may be bound to them.</summary>
    public virtual string ThinkingIn(ReadOnlySpan<char> before) => "";

    public static string Marker(int entry) => $"{{\"#\":{entry},";

    public string Request(Branch branch)
    {
        var text = new StringBuilder(Begin(branch.Instructions));
        for (int i = 0; i < branch.History.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(branch.History[i] switch
            {
                UserMessage user => User(user.Text),
                ToolResults results => Results(results),
                ModelStep step => Marker(i) + Model(step, step.IsKept ? step.Truth.Signature : null),
                _ => throw new InvalidOperationException(),
            });
        }

        return text.Append("]}").ToString();
    }

    /// <summary>Whether it is this signature that the cache keeps there.</summary>
    public virtual bool IsKept(CachedSignature entry, string signature) => entry.Signature == signature;

    public abstract string Answer(ModelStep step);

    /// <summary>The step with a signature or without one, behind its marker.</summary>
    public abstract string Model(ModelStep step, string? signature);

    protected abstract string Begin(string? instructions);

    protected abstract string User(string text);

    protected abstract string Results(ToolResults results);

    protected static string Id(string name, string? id) => id is null ? "" : $"\"{name}\":\"{id}\",";
}
