using System.Globalization;
using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>What a signature is issued for. It verifies for nothing else.</summary>
internal readonly record struct SignatureBinding(string Model, string Conversation, params string[] Part)
{
    /// <summary>A call: its name, its arguments, and its place among the conversation's steps and calls.</summary>
    public static SignatureBinding ForCall(Conversation conversation, int step, int index, string name, string arguments) =>
        new(conversation.Model, conversation.Fingerprint, "call", Text(step), Text(index), name, arguments);

    /// <summary>Everything that one content says.</summary>
    public static SignatureBinding ForText(Conversation conversation, string text) =>
        new(conversation.Model, conversation.Fingerprint, "text", text);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
