namespace FastSignatureCache.Emulator.Hosting;

/// <summary>How a protocol's server-sent events are written.</summary>
/// <param name="LineEnding">LF or CRLF.</param>
/// <param name="NamesEvents">Whether an <c>event:</c> line with the event's type stands before its data.</param>
/// <param name="LastEvent">What ends a stream, or <see langword="null"/> for nothing.</param>
internal sealed record SseForm(string LineEnding, bool NamesEvents, string? LastEvent)
{
    /// <summary>What Google sends, and those who imitate it.</summary>
    public const string UsualLineEnding = "\r\n";
}
