using System.Text.Json;
using FastSignatureCache.Emulator.Anthropic;
using FastSignatureCache.Emulator.Gemini;
using FastSignatureCache.Emulator.OpenAi;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Scripting;
using FastSignatureCache.Emulator.Signatures;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>A request's way: recorded, read, held against the rules, answered by the script.</summary>
internal sealed class EmulatedUpstream
{
    private readonly EmulatorOptions _options;
    private readonly CancellationToken _stopping;
    private readonly SignatureIssuer _issuer;
    private readonly SignatureRules _signatureRules;
    private readonly ThinkingRules _thinkingRules;
    private readonly Script _script;
    private readonly GeminiProtocol _gemini;
    private readonly OpenAiProtocol _openAi;
    private readonly AnthropicProtocol _anthropic;

    public EmulatedUpstream(EmulatorOptions options, CancellationToken stopping)
    {
        _options = options;
        _stopping = stopping;
        var nonces = new NonceSource(options.Seed);
        _issuer = new SignatureIssuer(options, nonces);
        var thinking = new ThinkingScript(_issuer, options);
        _signatureRules = new SignatureRules(_issuer, Counters);
        _thinkingRules = new ThinkingRules(_issuer, thinking, Counters);
        _script = new Script(_issuer, nonces, thinking);
        _gemini = new GeminiProtocol(options, nonces);
        _openAi = new OpenAiProtocol(options, nonces);
        _anthropic = new AnthropicProtocol(options, nonces);
        Disturbances = new Disturbances { ErrorWrapping = options.ErrorWrapping };
        Recorder = new RequestRecorder(options.RecordRequests);
    }

    public Counters Counters { get; } = new();

    public RequestRecorder Recorder { get; }

    public Disturbances Disturbances { get; }

    public void ReplaceSigningKey(ReadOnlyMemory<byte> key) => _issuer.ReplaceKey(key);

    public async Task HandleAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted).ConfigureAwait(false);
        var body = buffer.ToArray();
        Recorder.Record(context, body);

        var anthropic = context.Request.Headers.ContainsKey("anthropic-version");
        var route = UpstreamRoute.Match(
            context.Request.Method, context.Request.Path.Value ?? "", context.Request.Query["alt"], anthropic);
        var protocol = ProtocolOf(route?.Protocol ?? ProtocolKind.Gemini);
        var output = new AnswerOutput(context, _options, _stopping);
        if (route is { ListsModels: true })
        {
            await output.WriteJsonAsync(protocol.WriteModels(ModelFamily.Listed(route.Protocol)), protocol.Indents).ConfigureAwait(false);
            return;
        }

        try
        {
            await AnswerAsync(context, output, protocol, route, body).ConfigureAwait(false);
        }
        catch (Refusal refusal)
        {
            Counters.Refused(refusal.Reason);
            route ??= new UpstreamRoute(ProtocolKind.Gemini, Dialect.AiStudio);
            var wrapping = refusal.Reason == RefusalReason.Fault ? ErrorWrapping.None : Disturbances.WrappingOf(context.Request);
            var error = WrappedError.Of(refusal.Status, protocol.WriteError(route, refusal), wrapping);
            context.Response.StatusCode = error.Status;
            await output.WriteJsonAsync(error.Body, protocol.Indents).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, AnswerOutput output, IProtocol protocol, UpstreamRoute? route, byte[] body)
    {
        var fault = Disturbances.FaultOf(context.Request);
        if (fault?.Kind == EmulatorFault.Status)
            throw Faults.ToRefusal(fault.Value);
        if (route is null)
            throw Refusal.NotFound("The requested URL was not found on this server.");

        var request = Read(protocol, route, body, RequestHeaders.Of(context.Request));
        if (!ModelFamily.IsKnown(request.Conversation.Model, route.Protocol))
            throw Refusal.NotFound(protocol.UnknownModel(request.Conversation.Model));
        CheckRules(request);

        var answer = _script.Next(request.Conversation, protocol.Style);
        // Counted before the first byte goes out: who has an answer finds it in the statistics.
        Counters.Accepted(answer.SignatureCount);
        await (request.Stream switch
        {
            StreamForm.None => output.WriteJsonAsync(protocol.WriteAnswer(request, answer), protocol.Indents, fault),
            StreamForm.Sse => output.WriteServerSentEventsAsync(protocol.WriteEvents(request, answer), protocol.Sse, fault),
            _ => output.WriteJsonArrayAsync(protocol.WriteEvents(request, answer), fault),
        }).ConfigureAwait(false);
    }

    private void CheckRules(UpstreamRequest request)
    {
        if (request.Route.Protocol == ProtocolKind.Anthropic)
        {
            ToolResultRules.Check(request.Conversation.Contents);
            _thinkingRules.Check(request.Conversation);
            return;
        }
        OrderRules.Check(request.Conversation.Contents);
        _signatureRules.Check(request.Conversation, _options.VertexRules && request.Route.Dialect == Dialect.Vertex);
    }

    private static UpstreamRequest Read(IProtocol protocol, UpstreamRoute route, byte[] body, RequestHeaders headers)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return protocol.Read(document.RootElement, route, headers);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The second and third are what JsonElement throws when a value is of another kind than the protocol says.
            throw Refusal.Invalid(protocol.Malformed(isJson: exception is not JsonException));
        }
    }

    private IProtocol ProtocolOf(ProtocolKind kind) => kind switch
    {
        ProtocolKind.OpenAi => _openAi,
        ProtocolKind.Anthropic => _anthropic,
        _ => _gemini,
    };
}
