using System.Text.Json;

namespace FastSignatureCache.Emulator.Conversations;

/// <summary>Reads members that may be absent or null.</summary>
internal static class JsonReading
{
    /// <summary>
    /// The member under one of two names (camelCase and snake_case are the same to protobuf), if it is there and not null.
    /// </summary>
    public static JsonElement? Member(this JsonElement element, string name, string? otherName = null)
    {
        if (element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            return value;
        return otherName is null ? null : element.Member(otherName);
    }

    public static string? Text(this JsonElement element, string name, string? otherName = null) =>
        element.Member(name, otherName)?.GetString();

    /// <summary>Whether the member is there and <see langword="true"/>.</summary>
    public static bool Flag(this JsonElement element, string name, string? otherName = null) =>
        element.Member(name, otherName) is { } value && value.GetBoolean();

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name, string? otherName = null) =>
        element.Member(name, otherName) is { } value ? value.EnumerateArray() : [];
}
