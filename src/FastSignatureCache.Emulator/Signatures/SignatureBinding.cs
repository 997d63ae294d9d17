using System.Globalization;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Rules;

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

    /// <summary>
    /// A thinking block of one of the model's messages. Where blocks are bound to all before them, the seal says to what.
    /// </summary>
    public static SignatureBinding ForThinking(Conversation conversation, int position) => ModelFamily.BindsThinking(conversation.Model)
        ? new(conversation.Model, conversation.Thinking!.Mark, "bound thinking")
        : new(conversation.Model, conversation.Fingerprint, "thinking", Text(position));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
