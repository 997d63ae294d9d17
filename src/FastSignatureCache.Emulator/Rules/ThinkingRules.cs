using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Scripting;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.Rules;

/// <summary>That thinking blocks come back as they were issued, and where a model wants them that they come back.</summary>
internal sealed class ThinkingRules(SignatureIssuer issuer, ThinkingScript script, Counters counters)
{
    public void Check(Conversation conversation)
    {
        // With thinking off the provider takes the blocks out before it looks at them.
        if (conversation.Thinking is not { } context)
            return;
        using var prefix = new ThinkingPrefix(context);
        var position = 0;
        var latest = conversation.Contents.Count(content => content.FromModel) - 1;
        // A wrong signature is reported before a missing block, so that the counts never hide it behind the lesser fault.
        foreach (var content in conversation.Contents)
        {
            for (var index = 0; index < content.Parts.Count; index++)
            {
                if (content.FromModel && content.Parts[index].IsThinking)
                    CheckBlock(conversation, new PlacedBlock(content, index, position, position == latest), prefix);
                prefix.Pass(content, content.Parts[index]);
            }
            position += content.FromModel ? 1 : 0;
        }
        if (ModelFamily.RequiresThinking(conversation.Model))
            CheckPresence(conversation);
    }

    private void CheckBlock(Conversation conversation, PlacedBlock block, ThinkingPrefix prefix)
    {
        var part = block.Part;
        var redacted = part.Kind == PartKind.Redacted;
        if (part.Signature is null)
            throw Missing(redacted ? ThinkingTexts.DataRequired(part.Path) : ThinkingTexts.SignatureRequired(part.Path));

        var binding = SignatureBinding.ForThinking(conversation, block.Position);
        var opened = SignatureText.TryDecode(part.Signature) is { } signature
            ? issuer.Open(signature, binding, ThinkingSeal.Length)
            : null;
        if (opened is null)
            throw Wrong(part);
        var seal = ThinkingSeal.Read(opened);
        if (seal.Redacted != redacted)
            throw Wrong(part);

        var bound = ModelFamily.BindsThinking(conversation.Model);
        var altered = seal.Text != Tag.Of(part.Text);
        var moved = seal.Index != block.Index || seal.Count != block.Count;
        if (block.IsLatest && (altered || moved))
            throw Corrupted(ThinkingTexts.Modified(part.Path));
        // A bound block's place is told by what stands before it.
        if (altered || (moved && !bound))
            throw Wrong(part);
        if (bound)
            CheckPrefix(conversation, part, seal, prefix);
        counters.SignatureVerified();
    }

    private static void CheckPrefix(Conversation conversation, Part part, ThinkingSeal seal, ThinkingPrefix prefix)
    {
        // The oldest blocks may be left out. Then the block's predecessor is not missed.
        var chained = prefix.Previous == seal.Previous || prefix.Previous == 0;
        if (seal.System == prefix.System && seal.Tools == prefix.Tools && seal.Messages == prefix.Messages && chained)
            return;
        var difference = seal.System != prefix.System ? ThinkingTexts.SystemDiffers
            : seal.Tools != prefix.Tools ? ThinkingTexts.ToolsDiffer
            : seal.Messages == prefix.Messages && seal.Previous != 0 ? ThinkingTexts.PreviousIsMissing
            : null;
        throw Corrupted(ThinkingTexts.OtherConversation(
            part.Path, part.Kind == PartKind.Redacted, conversation.Thinking!.SendsBindingBeta, difference));
    }

    private void CheckPresence(Conversation conversation)
    {
        var directives = Directives.Of(conversation);
        foreach (var (step, content) in conversation.Contents.Skip(conversation.TurnStart).Where(content => content.HasCalls).Index())
        {
            // Nobody can bring back what was never issued.
            if (script.LayoutOf(directives, step).Length > 0 && !content.Parts[0].IsThinking)
                throw Missing(ThinkingTexts.Expected(content.Parts[0].Path, content.Parts[0].Kind == PartKind.Call ? "tool_use" : "text"));
        }
    }

    private static Refusal Wrong(Part part) => Corrupted(
        part.Kind == PartKind.Redacted ? ThinkingTexts.InvalidData(part.Path) : ThinkingTexts.InvalidSignature(part.Path));

    private static Refusal Corrupted(string message) => Refusal.Invalid(message, RefusalReason.Corrupted);

    private static Refusal Missing(string message) => Refusal.Invalid(message, RefusalReason.Missing);

    /// <summary>A thinking block and its place: among its message's parts, and its message's among the model's.</summary>
    private readonly record struct PlacedBlock(Content Content, int Index, int Position, bool IsLatest)
    {
        public Part Part => Content.Parts[Index];

        public int Count => Content.Parts.Count(part => part.IsThinking);
    }
}
