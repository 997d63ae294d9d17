using System.Security.Cryptography;
using System.Text;
using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>
/// What stands before a thinking block. The blocks among it are a chain of their own: a provider takes a conversation back
/// without its oldest blocks or without any, but not with a gap between two.
/// </summary>
internal sealed class ThinkingPrefix(ThinkingContext context) : IDisposable
{
    private readonly IncrementalHash _messages = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ulong System { get; } = Tag.Of(context.System);

    public ulong Tools { get; } = Tag.Of(context.Tools);

    public ulong Messages => Tag.Of(_messages.GetCurrentHash());

    /// <summary>The block before, or 0 when there is none.</summary>
    public ulong Previous { get; private set; }

    public void Pass(Content content, Part part)
    {
        if (part.IsThinking)
        {
            Pass(part.Signature);
            return;
        }
        var role = content.FromModel ? "assistant" : part.Kind == PartKind.Instruction ? "system" : "user";
        _messages.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes($"{role}:{part.Exact}")));
    }

    public void Pass(string? thinkingSignature) => Previous = Tag.Of(thinkingSignature);

    public void Dispose() => _messages.Dispose();
}
