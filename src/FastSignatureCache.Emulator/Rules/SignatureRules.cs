using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.Rules;

/// <summary>Which parts must carry a signature, and that every signature is the one issued for its part.</summary>
internal sealed class SignatureRules(SignatureIssuer issuer, Counters counters)
{
    public void Check(Conversation conversation, bool vertex)
    {
        var signed = new bool[conversation.Contents.Count];
        // A wrong signature is reported before a missing one, so that the counts never hide it behind the lesser fault.
        for (var index = 0; index < conversation.Contents.Count; index++)
            signed[index] = CheckContent(conversation, index, vertex);

        if (!ModelFamily.RequiresSignatures(conversation.Model))
            return;
        for (var index = conversation.TurnStart; index < conversation.Contents.Count; index++)
        {
            var content = conversation.Contents[index];
            if (content.HasCalls && !signed[index])
                throw Refusal.Invalid(ErrorTexts.Missing(content.Calls.First().Name, index + 1, vertex), RefusalReason.Missing);
        }
    }

    /// <summary>Whether the content's first call has its signature.</summary>
    private bool CheckContent(Conversation conversation, int index, bool vertex)
    {
        var content = conversation.Contents[index];
        var callSigned = false;
        var calls = 0;
        for (var position = 0; position < content.Parts.Count; position++)
        {
            var part = content.Parts[position];
            var call = part.Kind == PartKind.Call ? calls++ : -1;
            if (part.Signature is not { Length: > 0 } text)
                continue;
            var signature = SignatureText.TryDecode(text) ?? throw Refusal.Invalid(ErrorTexts.NotBase64(index, position, text));
            if (!content.FromModel)
                throw Refusal.Invalid(ErrorTexts.SignatureNotFromModel);

            if (call == 0 && Placeholders.IsAccepted(signature, vertex))
            {
                counters.PlaceholderAccepted();
                callSigned = true;
            }
            else if (IsRight(conversation, index, part, call, signature, out var signsCall))
            {
                counters.SignatureVerified();
                callSigned |= signsCall;
            }
            else
            {
                throw Refusal.Invalid(ErrorTexts.Corrupted(vertex), RefusalReason.Corrupted);
            }
        }
        return callSigned;
    }

    private bool IsRight(Conversation conversation, int index, Part part, int call, byte[] signature, out bool signsCall)
    {
        var content = conversation.Contents[index];
        var step = conversation.StepsBefore(index);
        if (part.Kind == PartKind.Call)
        {
            signsCall = call == 0;
            return issuer.Verify(signature, Binding(part, call), part.Id);
        }

        // Streams may put a call's signature on a thought before it or an empty text behind it, and take it back from there.
        signsCall = content.HasCalls && (part.Kind == PartKind.Thought || part.Text.Length == 0)
            && issuer.Verify(signature, Binding(content.Calls.First(), 0), content.Calls.First().Id);
        return signsCall
            || (part.Kind == PartKind.Text && issuer.Verify(signature, SignatureBinding.ForText(conversation, content.Text), null));

        SignatureBinding Binding(Part called, int position) =>
            SignatureBinding.ForCall(conversation, step, position, called.Name, called.Arguments);
    }
}
