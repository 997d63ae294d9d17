using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FastSignatureCache.Emulator.Conversations;

/// <summary>
/// JSON without what clients change when they read and write it again: key order, white space, escapes, <c>2.0</c> for <c>2</c>.
/// </summary>
internal static class CanonicalJson
{
    public static string Of(JsonElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal);
                AppendAll(text, '{', '}', properties, property =>
                {
                    AppendString(text, property.Name);
                    text.Append(':');
                    Append(text, property.Value);
                });
                break;
            case JsonValueKind.Array:
                AppendAll(text, '[', ']', element.EnumerateArray(), item => Append(text, item));
                break;
            case JsonValueKind.String:
                AppendString(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                // Gemini keeps arguments in a protobuf Struct, whose numbers are doubles.
                text.Append(element.GetDouble().ToString("R", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            append(item);
        }
        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string value) =>
        text.Append('"').Append(JsonEncodedText.Encode(value).Value).Append('"');
}
