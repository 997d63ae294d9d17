using FastSignatureCache.Emulator.Scripting;

namespace FastSignatureCache.Emulator;

/// <summary>How an <see cref="UpstreamEmulator"/> signs, streams and records. Every option has a working default.</summary>
public sealed record EmulatorOptions
{
    /// <summary>
    /// The key that signatures are made with. Signatures are stateless: an emulator with the same key accepts them, one with
    /// another key refuses them all. Any length. Empty, the default, means a new random key for each emulator.
    /// </summary>
    public ReadOnlyMemory<byte> SigningKey { get; init; }

    /// <summary>
    /// Makes nonces and call ids repeatable, for a single client that sends its requests in a fixed order. The default is
    /// <see langword="null"/>: random.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>The loopback port to listen on, 0 to 65535. The default is 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The longest signature issued, in characters, 72 to 8192. The default is 4096. Those of thinking blocks hold more and have
    /// 132 at least.
    /// </summary>
    public int MaxSignatureLength { get; init; } = 4096;

    /// <summary>Whether signatures use base64's URL-safe alphabet without padding. The default is <see langword="false"/>.</summary>
    public bool UrlSafeSignatures { get; init; }

    /// <summary>Where a streamed answer puts the signature of a call. The default is <see cref="SignaturePlacement.OnCall"/>.</summary>
    public SignaturePlacement Placement { get; init; }

    /// <summary>
    /// How calls are named. The default is <see cref="CallIdStyle.Unique"/>. Only Gemini's native protocol can do
    /// without ids: <see cref="CallIdStyle.None"/> counts as <see cref="CallIdStyle.Unique"/> elsewhere.
    /// </summary>
    public CallIdStyle CallIds { get; init; }

    /// <summary>Whether a text answer on the OpenAI routes carries a signature of its own. The default is <see langword="true"/>.</summary>
    public bool SignOpenAiText { get; init; } = true;

    /// <summary>
    /// Whether streamed OpenAI tool calls come without <c>index</c>, as Gemini's endpoint sends them; each call's arguments
    /// are in one piece then. The default is <see langword="false"/>.
    /// </summary>
    public bool OmitToolCallIndex { get; init; }

    /// <summary>
    /// Whether an OpenAI answer with calls ends with <c>stop</c> and not <c>tool_calls</c>. The default is
    /// <see langword="false"/>.
    /// </summary>
    public bool FinishCallsWithStop { get; init; }

    /// <summary>
    /// Whether Vertex's paths answer with Vertex's error texts and rules about placeholders. The default is
    /// <see langword="true"/>.
    /// </summary>
    public bool VertexRules { get; init; } = true;

    /// <summary>How many characters of text or arguments one streamed event carries, at least 1. The default is 16.</summary>
    public int EventLength { get; init; } = 16;

    /// <summary>
    /// The most bytes handed to the network at once, so that events arrive split; at least 1. The default is
    /// <see cref="int.MaxValue"/>: one event at a time.
    /// </summary>
    public int NetworkChunkSize { get; init; } = int.MaxValue;

    /// <summary>
    /// The line ending of server-sent events, LF or CRLF. The default is <see langword="null"/>: CRLF, which Gemini sends, but
    /// LF where Anthropic's protocol is spoken.
    /// </summary>
    public string? LineEnding { get; init; }

    /// <summary>
    /// The thinking blocks that a step of an Anthropic answer begins with when the request has thinking on, one letter a block:
    /// <c>t</c> for thinking, <c>e</c> for thinking whose text is empty, <c>r</c> for redacted thinking, at most 20; or <c>0</c>
    /// for none. Several steps are separated by commas, and the last stands for all that follow it. The default is <c>t</c>. The
    /// newest user text can have another with <c>[thinking: t,tr,0]</c>.
    /// </summary>
    public string Thinking { get; init; } = "t";

    /// <summary>
    /// What an intermediary makes of refusals. The default is <see cref="ErrorWrapping.None"/>.
    /// <see cref="UpstreamEmulator.ErrorWrapping"/> changes it later.
    /// </summary>
    public ErrorWrapping ErrorWrapping { get; init; }

    /// <summary>Whether answers are compressed when <c>Accept-Encoding</c> asks for it. The default is <see langword="true"/>.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>
    /// Whether <see cref="UpstreamEmulator.GetRecordedRequests"/> keeps every request with its body, in memory and without a
    /// bound. The default is <see langword="false"/>.
    /// </summary>
    public bool RecordRequests { get; init; }

    /// <summary>Where the <c>created</c> of OpenAI answers comes from. The default is the system's clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSignatureLength, 72);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxSignatureLength, 8192);
        ArgumentOutOfRangeException.ThrowIfLessThan(EventLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(NetworkChunkSize, 1);
        if (ThinkingLayout.TryParse(Thinking) is null)
            throw new ArgumentException("Thinking must be steps such as 't,tr,0'.", nameof(Thinking));
        if (!Enum.IsDefined(ErrorWrapping))
            throw new ArgumentException("ErrorWrapping must be one of its values.", nameof(ErrorWrapping));
        if (LineEnding is not (null or "\n" or "\r\n"))
            throw new ArgumentException("LineEnding must be LF or CRLF.", nameof(LineEnding));
    }
}
