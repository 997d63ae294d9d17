using System.Text.Json;
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
    private readonly SignatureRules _rules;
    private readonly Script _script;
    private readonly GeminiProtocol _gemini;
    private readonly OpenAiProtocol _openAi;

    public EmulatedUpstream(EmulatorOptions options, CancellationToken stopping)
    {
        _options = options;
        _stopping = stopping;
        var nonces = new NonceSource(options.Seed);
        var issuer = new SignatureIssuer(options, nonces);
        _rules = new SignatureRules(issuer, Counters);
        _script = new Script(issuer, nonces);
        _gemini = new GeminiProtocol(options, nonces);
        _openAi = new OpenAiProtocol(options, nonces);
        Recorder = new RequestRecorder(options.RecordRequests);
    }

    public Counters Counters { get; } = new();

    public RequestRecorder Recorder { get; }

    public EmulatorFault? Fault { get; set; }

    public async Task HandleAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted).ConfigureAwait(false);
        var body = buffer.ToArray();
        Recorder.Record(context, body);

        var route = UpstreamRoute.Match(context.Request.Method, context.Request.Path.Value ?? "", context.Request.Query["alt"]);
        var protocol = ProtocolOf(route?.Protocol ?? ProtocolKind.Gemini);
        var output = new AnswerOutput(context, _options, _stopping);
        if (route is { ListsModels: true })
        {
            await output.WriteJsonAsync(protocol.WriteModels(ModelFamily.Listed)).ConfigureAwait(false);
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
            context.Response.StatusCode = refusal.Status;
            await output.WriteJsonAsync(protocol.WriteError(route, refusal)).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, AnswerOutput output, IProtocol protocol, UpstreamRoute? route, byte[] body)
    {
        var fault = FaultOf(context.Request);
        if (fault?.Kind == EmulatorFault.Status)
            throw Faults.ToRefusal(fault.Value);
        if (route is null)
            throw Refusal.NotFound("The requested URL was not found on this server.");

        var request = Read(protocol, route, body, context.Request.Headers[EmulatorHeaders.Conversation].ToString());
        if (!ModelFamily.IsKnown(request.Conversation.Model))
            throw Refusal.NotFound(ErrorTexts.UnknownModel(request.Conversation.Model));
        OrderRules.Check(request.Conversation.Contents);
        _rules.Check(request.Conversation, _options.VertexRules && route.Dialect == Dialect.Vertex);

        var answer = _script.Next(request.Conversation, protocol.CallIds, protocol.SignsText);
        // Counted before the first byte goes out: who has an answer finds it in the statistics.
        Counters.Accepted(answer.SignatureCount);
        if (request.Stream == StreamForm.None)
            await output.WriteJsonAsync(protocol.WriteAnswer(request, answer), fault).ConfigureAwait(false);
        else
            await output.WriteStreamAsync(request.Stream, protocol.WriteEvents(request, answer), protocol.LastEvent, fault)
                .ConfigureAwait(false);
    }

    private static UpstreamRequest Read(IProtocol protocol, UpstreamRoute route, byte[] body, string mark)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return protocol.Read(document.RootElement, route, mark);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The second and third are what JsonElement throws when a value is of another kind than the protocol says.
            throw Refusal.Invalid(ErrorTexts.Malformed(exception is JsonException ? "Unexpected token." : "Proto field has another type."));
        }
    }

    private EmulatorFault? FaultOf(HttpRequest request)
    {
        var header = request.Headers[EmulatorHeaders.Fault].ToString();
        if (header.Length == 0)
            return Fault;
        try
        {
            return EmulatorFault.Parse(header);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw Refusal.Invalid($"{EmulatorHeaders.Fault}: {exception.Message}");
        }
    }

    private IProtocol ProtocolOf(ProtocolKind kind) => kind == ProtocolKind.OpenAi ? _openAi : _gemini;
}
