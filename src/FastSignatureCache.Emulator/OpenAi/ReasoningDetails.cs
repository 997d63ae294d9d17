using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.OpenAi;

/// <summary>OpenRouter's place for signatures: entries of the message, each with the id of its call.</summary>
internal sealed class ReasoningDetails(JsonElement message)
{
    private readonly List<(string? Id, string? Data)> _entries = message.Items("reasoning_details")
        .Where(entry => entry.Text("type") == "reasoning.encrypted")
        .Select(entry => (entry.Text("id"), entry.Text("data")))
        .ToList();

    /// <summary>The signature of a call: by its id, and for the first call also the entry that names none.</summary>
    public string? ForCall(string? id, int index)
    {
        foreach (var entry in _entries)
            if (entry.Id is null ? index == 0 : entry.Id == id)
                return entry.Data;
        return index == 0 && id is null && _entries.Count > 0 ? _entries[0].Data : null;
    }

    /// <summary>The signature of the text of a message without calls.</summary>
    public string? WithoutCall(bool hasCalls) => hasCalls || _entries.Count == 0 ? null : _entries[0].Data;

    public static void Write(JsonObject holder, string? signature, string? callId)
    {
        if (signature is null)
            return;
        var entry = new JsonObject
        {
            ["type"] = "reasoning.encrypted",
            ["data"] = signature,
            ["format"] = "google-gemini-v1",
            ["index"] = 0,
        };
        if (callId is not null)
            entry["id"] = callId;
        holder["reasoning_details"] = new JsonArray([entry]);
    }
}
