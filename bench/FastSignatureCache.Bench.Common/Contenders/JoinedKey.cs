using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>Joins conversation and model, as a user of a cache with string keys has to.</summary>
internal static class JoinedKey
{
    /// <summary>Room for a joined key on the stack, in characters.</summary>
    public const int StackLength = 256;

    /// <summary>A new string.</summary>
    public static string Of(in RequestKey key) => $"{key.ConversationId}:{key.ModelId}";

    /// <summary>The same from spans, into a buffer of at least <see cref="StackLength"/> characters.</summary>
    public static ReadOnlySpan<char> Of(in RequestKey key, Span<char> buffer)
    {
        var conversation = key.ConversationSpan;
        var model = key.ModelSpan;
        conversation.CopyTo(buffer);
        buffer[conversation.Length] = ':';
        model.CopyTo(buffer[(conversation.Length + 1)..]);
        return buffer[..(conversation.Length + 1 + model.Length)];
    }
}
