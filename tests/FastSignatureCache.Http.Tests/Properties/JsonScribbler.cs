using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FastSignatureCache.Http.Tests.Properties;

/// <summary>Writes JSON as no serializer does: random white space, random escapes, the same meaning.</summary>
internal sealed class JsonScribbler(int seed)
{
    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Write(JsonNode? node)
    {
        _text.Clear();
        Append(node);
        return _text.ToString();
    }

    private void Append(JsonNode? node)
    {
        Space();
        switch (node)
        {
            case JsonObject members:
                AppendAll('{', members, '}', member =>
                {
                    AppendString(member.Key);
                    Space();
                    _text.Append(':');
                    Append(member.Value);
                });
                break;
            case JsonArray elements:
                AppendAll('[', elements, ']', Append);
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                AppendString(text);
                break;
            default:
                _text.Append(node?.ToJsonString() ?? "null");
                break;
        }

        Space();
    }

    private void AppendAll<T>(char start, IEnumerable<T> items, char end, Action<T> append)
    {
        _text.Append(start);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst)
            {
                _text.Append(',');
            }

            isFirst = false;
            Space();
            append(item);
        }

        Space();
        _text.Append(end);
    }

    private void AppendString(string text)
    {
        _text.Append('"');
        foreach (char character in text)
        {
            if (character is '"' or '\\' || _random.Next(16) == 0)
            {
                _text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                _text.Append(character);
            }
        }

        _text.Append('"');
    }

    private void Space()
    {
        if (_random.Next(4) == 0)
        {
            _text.Append(" \n\t\r"[_random.Next(4)]);
        }
    }
}
