using System.Globalization;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.Scripting;

/// <summary>The model's reasoning: the blocks of the next step, each signed for its place.</summary>
internal sealed class ThinkingScript(SignatureIssuer issuer, EmulatorOptions options)
{
    private readonly ThinkingLayout _usual = ThinkingLayout.TryParse(options.Thinking)!;

    /// <summary>The blocks that were issued for a step of the current turn, one letter a block.</summary>
    public string LayoutOf(Directives directives, int step) => (directives.Thinking ?? _usual).Of(step);

    public IReadOnlyList<ThinkingBlock> Next(Conversation conversation, Directives directives)
    {
        var step = conversation.Contents.Skip(conversation.TurnStart).Count(content => content.HasCalls);
        var layout = LayoutOf(directives, step);
        var position = conversation.Contents.Count(content => content.FromModel);
        var bound = ModelFamily.BindsThinking(conversation.Model);
        using var prefix = PrefixOf(conversation);
        var blocks = new List<ThinkingBlock>();
        for (var index = 0; index < layout.Length; index++)
        {
            var text = layout[index] == ThinkingLayout.Plain ? MakeText(position, index) : "";
            var redacted = layout[index] == ThinkingLayout.Redacted;
            var seal = new ThinkingSeal(redacted, (byte)index, (byte)layout.Length, Tag.Of(text), 0, 0, 0, 0);
            if (bound)
                seal = seal with { System = prefix.System, Tools = prefix.Tools, Messages = prefix.Messages, Previous = prefix.Previous };
            var signature = issuer.Issue(SignatureBinding.ForThinking(conversation, position), callId: null, seal.ToBytes());
            blocks.Add(new ThinkingBlock(redacted, text, signature));
            prefix.Pass(signature);
        }
        return blocks;
    }

    private static ThinkingPrefix PrefixOf(Conversation conversation)
    {
        var prefix = new ThinkingPrefix(conversation.Thinking!);
        foreach (var content in conversation.Contents)
            foreach (var part in content.Parts)
                prefix.Pass(content, part);
        return prefix;
    }

    // Full of what JSON writers escape or not as they like: the bytes that come back have to mean just this. The same in every
    // conversation, for those that look alike are what a cache has to tell apart.
    private static string MakeText(int position, int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"Step {position}.{index}: the user said \"go\" & meant C:\\temp\\new → is 2 < 3?\n\tÜber \u00e9t\u00e9, 日本語, \U0001F914\u2028 it's <b>done</b> / 100% + 1.");
}
