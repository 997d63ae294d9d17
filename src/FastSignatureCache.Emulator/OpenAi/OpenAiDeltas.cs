using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Hosting;
using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator.OpenAi;

/// <summary>An answer as the deltas of a stream, each signature where the options want it.</summary>
internal sealed class OpenAiDeltas(EmulatorOptions options, Dialect dialect)
{
    public IEnumerable<JsonObject> Of(Answer answer)
    {
        yield return new JsonObject { ["role"] = "assistant", ["content"] = answer.Text is null ? null : "" };
        foreach (var piece in Pieces(answer.Text ?? ""))
            yield return new JsonObject { ["content"] = piece };
        if (answer.TextSignature is not null)
        {
            var last = new JsonObject { ["content"] = "" };
            OpenAiSignature.Write(last, answer.TextSignature, dialect);
            if (dialect == Dialect.OpenRouter)
                ReasoningDetails.Write(last, answer.TextSignature, callId: null);
            yield return last;
        }
        foreach (var (index, call) in answer.Calls.Index())
            foreach (var delta in OfCall(call, index))
                yield return delta;
    }

    // What a call is made of: its arguments in pieces, and beside each piece as much of the signature as is due there.
    private IEnumerable<JsonObject> OfCall(AnswerCall call, int index)
    {
        var arguments = call.Arguments.ToJsonString();
        // Without an index nothing says which call a later piece belongs to.
        List<string> pieces = options.OmitToolCallIndex ? [arguments] : [.. Pieces(arguments)];
        while (options is { Placement: SignaturePlacement.Split, OmitToolCallIndex: false } && pieces.Count < 3)
            pieces.Add("");
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            var due = Due(call.Signature, piece, pieces.Count);
            var function = new JsonObject { ["arguments"] = pieces[piece] };
            if (piece == 0)
                function.Insert(0, "name", call.Name);
            yield return Delta(call, index, withId: piece == 0, function, due);
        }
        if (options.Placement == SignaturePlacement.LaterEvent && call.Signature is not null)
            yield return Delta(call, index, withId: options.OmitToolCallIndex, function: null, call.Signature);
    }

    private string? Due(string? signature, int piece, int count) => options.Placement switch
    {
        _ when signature is null => null,
        SignaturePlacement.LaterEvent => null,
        SignaturePlacement.Repeated => signature,
        // OpenRouter's entries come whole.
        SignaturePlacement.Split when dialect != Dialect.OpenRouter =>
            signature[(signature.Length * piece / count)..(signature.Length * (piece + 1) / count)],
        _ => piece == 0 ? signature : null,
    };

    private JsonObject Delta(AnswerCall call, int index, bool withId, JsonObject? function, string? signature)
    {
        var written = new JsonObject();
        if (!options.OmitToolCallIndex)
            written["index"] = index;
        if (withId)
        {
            written["id"] = call.Id;
            written["type"] = "function";
        }
        if (function is not null)
            written["function"] = function;
        OpenAiSignature.Write(written, signature, dialect);

        var delta = new JsonObject { ["tool_calls"] = new JsonArray([written]) };
        if (dialect == Dialect.OpenRouter)
            ReasoningDetails.Write(delta, signature, call.Id);
        return delta;
    }

    private IEnumerable<string> Pieces(string text) => TextPieces.Of(text, options.EventLength);
}
