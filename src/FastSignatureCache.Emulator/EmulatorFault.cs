using System.Globalization;

namespace FastSignatureCache.Emulator;

/// <summary>Something that goes wrong with an answer on purpose.</summary>
public sealed record EmulatorFault
{
    private EmulatorFault(string kind, int value) => (Kind, Value) = (kind, value);

    internal const string Status = "status";
    internal const string CutEvents = "cut-after-events";
    internal const string CutBytes = "cut-after-bytes";
    internal const string StallEvents = "stall-after-events";

    internal string Kind { get; }

    internal int Value { get; }

    /// <summary>Answers every request with an error and does not look at it any further.</summary>
    /// <param name="statusCode">The HTTP status, 400 to 599.</param>
    public static EmulatorFault AnswerStatus(int statusCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        return new EmulatorFault(Status, statusCode);
    }

    /// <summary>Closes the connection abruptly when that many events are out. An answer that is not streamed is one event.</summary>
    /// <param name="events">The number of whole events that still reach the client, 0 or more.</param>
    public static EmulatorFault CutAfterEvents(int events) => new(CutEvents, NotNegative(events));

    /// <summary>Closes the connection abruptly when that many bytes of the body (before compression) are out.</summary>
    /// <param name="bytes">The number of bytes that still reach the client, 0 or more.</param>
    public static EmulatorFault CutAfterBytes(int bytes) => new(CutBytes, NotNegative(bytes));

    /// <summary>Sends nothing more after that many events, until the client goes away or the emulator stops.</summary>
    /// <param name="events">The number of whole events that still reach the client, 0 or more.</param>
    public static EmulatorFault StallAfterEvents(int events) => new(StallEvents, NotNegative(events));

    /// <summary>Reads the form that <see cref="ToString"/> writes: <c>status=503</c>, <c>cut-after-events=2</c> and so on.</summary>
    /// <param name="text">The value of an <see cref="EmulatorHeaders.Fault"/> header.</param>
    /// <exception cref="FormatException">The text names no fault.</exception>
    public static EmulatorFault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var separator = text.IndexOf('=', StringComparison.Ordinal);
        if (separator < 0 || !int.TryParse(text.AsSpan(separator + 1), CultureInfo.InvariantCulture, out var value))
            throw new FormatException($"'{text}' is not a fault such as '{CutEvents}=2'.");
        return text[..separator] switch
        {
            Status => AnswerStatus(value),
            CutEvents => CutAfterEvents(value),
            CutBytes => CutAfterBytes(value),
            StallEvents => StallAfterEvents(value),
            _ => throw new FormatException($"'{text}' names no fault."),
        };
    }

    /// <summary>The value of an <see cref="EmulatorHeaders.Fault"/> header that asks for this fault.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}={Value}");

    private static int NotNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
