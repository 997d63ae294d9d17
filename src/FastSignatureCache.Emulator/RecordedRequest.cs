namespace FastSignatureCache.Emulator;

/// <summary>One request as it arrived.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="PathAndQuery">The path with its query, escaped as it came.</param>
/// <param name="Headers">The headers, by case-insensitive name; several values of one name are joined by commas.</param>
/// <param name="Body">The body's bytes, exactly.</param>
public sealed record RecordedRequest(
    string Method,
    string PathAndQuery,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body);
