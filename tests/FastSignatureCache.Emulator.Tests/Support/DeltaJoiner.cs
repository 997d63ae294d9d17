using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>Joins an OpenAI stream's deltas to the message they make.</summary>
internal static class DeltaJoiner
{
    public static void Join(JsonObject message, JsonObject delta)
    {
        foreach (var (name, value) in delta)
        {
            if (name == "content" && value is not null)
                message[name] = (message[name]?.GetValue<string>() ?? "") + value.GetValue<string>();
            else if (name is "extra_content" or "reasoning_details")
                message[name] = value!.DeepClone();
            else if (name == "tool_calls")
                JoinCall(message, value![0]!.AsObject());
        }
    }

    private static void JoinCall(JsonObject message, JsonObject piece)
    {
        var calls = message["tool_calls"]?.AsArray();
        if (calls is null)
            message["tool_calls"] = calls = [];
        var call = Find(calls, piece);
        if (call is null)
        {
            call = piece.DeepClone().AsObject();
            call.Remove("index");
            calls.Add(call);
            return;
        }
        if (piece["function"]?["arguments"] is { } arguments)
            call["function"]!["arguments"] = call["function"]!["arguments"]!.GetValue<string>() + arguments.GetValue<string>();
        if (Signature(piece) is { } signature)
            JoinSignature(call, signature);
    }

    private static JsonObject? Find(JsonArray calls, JsonObject piece) => piece["index"] is { } index
        ? calls.ElementAtOrDefault(index.GetValue<int>())?.AsObject()
        : calls.FirstOrDefault(call => call!["id"]!.GetValue<string>() == piece["id"]!.GetValue<string>())?.AsObject();

    // A piece is joined to what there is, an exact repeat is not.
    private static void JoinSignature(JsonObject call, string signature)
    {
        var known = Signature(call) ?? "";
        var joined = known == signature ? known : known + signature;
        call["extra_content"] = new JsonObject { ["google"] = new JsonObject { ["thought_signature"] = joined } };
    }

    private static string? Signature(JsonObject call) =>
        (call["extra_content"]?["google"] ?? call["extra_content"]?["vertex"])?["thought_signature"]?.GetValue<string>();
}
