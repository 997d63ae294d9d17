using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator.Gemini;

/// <summary>An answer as parts, each signature where the options want it.</summary>
internal static class GeminiParts
{
    public static IEnumerable<JsonObject> Whole(Answer answer, SignaturePlacement placement)
    {
        if (answer.Text is not null)
            yield return Text(answer.Text, answer.TextSignature);
        foreach (var call in answer.Calls)
        {
            if (placement == SignaturePlacement.ThoughtPart && call.Signature is not null)
                yield return Thought(call.Signature);
            yield return Call(call, signed: placement != SignaturePlacement.ThoughtPart);
        }
    }

    /// <summary>The parts of a stream, one an event.</summary>
    public static IEnumerable<JsonObject> Streamed(string model, Answer answer, EmulatorOptions options)
    {
        var signsFirst = ModelFamily.SignsFirstPart(model);
        if (answer.Text is not null)
        {
            foreach (var (index, piece) in TextPieces.Of(answer.Text, options.EventLength).Index())
                yield return Text(piece, signsFirst && index == 0 ? answer.TextSignature : null);
            // Gemini 3 signs the last part, and has said everything by then.
            if (!signsFirst && answer.TextSignature is not null)
                yield return Text("", answer.TextSignature);
        }

        var onCall = options.Placement is not (SignaturePlacement.LaterEvent or SignaturePlacement.ThoughtPart);
        var signature = answer.Calls.Select(call => call.Signature).FirstOrDefault();
        if (options.Placement == SignaturePlacement.ThoughtPart && signature is not null)
            yield return Thought(signature);
        foreach (var call in answer.Calls)
            yield return Call(call, onCall);
        if (options.Placement == SignaturePlacement.LaterEvent && signature is not null)
            yield return Text("", signature);
    }

    private static JsonObject Call(AnswerCall call, bool signed)
    {
        var function = new JsonObject { ["name"] = call.Name, ["args"] = call.Arguments.DeepClone() };
        if (call.Id is not null)
            function.Insert(0, "id", call.Id);
        return Signed(new JsonObject { ["functionCall"] = function }, signed ? call.Signature : null);
    }

    private static JsonObject Text(string text, string? signature) => Signed(new JsonObject { ["text"] = text }, signature);

    private static JsonObject Thought(string signature) =>
        Signed(new JsonObject { ["text"] = "**Considering the next step**", ["thought"] = true }, signature);

    private static JsonObject Signed(JsonObject part, string? signature)
    {
        if (signature is not null)
            part["thoughtSignature"] = signature;
        return part;
    }
}
