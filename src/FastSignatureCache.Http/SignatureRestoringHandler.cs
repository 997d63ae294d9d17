using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Policies;
using FastSignatureCache.Http.Protocols;
using FastSignatureCache.Http.Protocols.Anthropic;
using FastSignatureCache.Http.Protocols.Gemini;
using FastSignatureCache.Http.Protocols.OpenAi;
using FastSignatureCache.Http.Recovery;
using FastSignatureCache.Http.Restoration;
using FastSignatureCache.Http.Streaming;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.ObjectPool;

namespace FastSignatureCache.Http;

/// <summary>
/// Keeps the signatures that come in answers of Gemini's native API, of its OpenAI-compatible ones and of Anthropic's messages, and puts
/// them back into requests whose client has dropped them.
/// </summary>
/// <remarks>
/// <para>Requests are altered only by inserting the missing signatures into the original bytes; a signature that the client sent
/// stays, unless it was refused. Blocks of thinking that lack their signature give way to the kept ones. Answers reach the client
/// unaltered. Whatever this handler does not understand passes through untouched, and trouble in the cache never fails a request.</para>
/// <para>A request that the upstream refuses because of a signature is repaired and sent once more, and the client sees the second answer;
/// <see cref="SignatureRestorationOptions.RecoversRejections"/> turns that off.</para>
/// <para>Thread-safe. A request body is held in pooled memory until the request is disposed.</para>
/// </remarks>
public sealed partial class SignatureRestoringHandler : DelegatingHandler
{
    // One for the process: handlers come and go with HttpClientFactory, conversations stay.
    private static readonly byte[] ProcessSecret = RandomNumberGenerator.GetBytes(32);
    private static readonly IProtocol[] Protocols = [new GeminiProtocol(), new OpenAiProtocol(), new AnthropicProtocol()];

    private readonly ISignatureCache _cache;
    private readonly ILogger _logger;
    private readonly long _maxRequestBytes;
    private readonly long _maxResponseBytes;
    private readonly bool _recovers;
    private readonly UpstreamPolicies _policies;
    private readonly ConversationIdentifier _identifier;
    private readonly SignatureRestorer _restorer;
    private readonly RejectionRecovery _recovery;
    private readonly ObjectPool<Transcript> _transcripts;

    /// <summary>Makes a handler that needs an <see cref="DelegatingHandler.InnerHandler"/>.</summary>
    /// <param name="cache">Where the signatures are kept.</param>
    /// <param name="options">The settings; null for the defaults. Later changes to them have no effect.</param>
    /// <param name="logger">Told what was restored and why not; never a signature or a credential.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of range; all are named.</exception>
    public SignatureRestoringHandler(
        ISignatureCache cache, SignatureRestorationOptions? options = null, ILogger<SignatureRestoringHandler>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        options ??= new SignatureRestorationOptions();
        SignatureRestorationOptionsValidator.ThrowIfInvalid(options);
        byte[] secret = options.Secret is null ? ProcessSecret : SHA256.HashData(Encoding.UTF8.GetBytes(options.Secret));
        _cache = cache;
        _logger = logger ?? NullLogger<SignatureRestoringHandler>.Instance;
        _maxRequestBytes = options.MaxRequestBodyBytes;
        _maxResponseBytes = options.MaxResponseBodyBytes;
        _recovers = options.RecoversRejections;
        _policies = new UpstreamPolicies(options.Policies);
        _identifier = new ConversationIdentifier(secret, [.. options.ConversationHeaders], [.. options.CallerHeaders]);
        _restorer = new SignatureRestorer(cache);
        _recovery = new RejectionRecovery(cache, _restorer);
        _transcripts = new DefaultObjectPool<Transcript>(new TranscriptPolicy(BitConverter.ToInt64(secret)));
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        // Everything here is asynchronous underneath; a client that blocks does so in one place.
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (FindProtocol(request) is not { } protocol)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        HttpContent original = request.Content!;
        if (await BufferAsync(request, cancellationToken).ConfigureAwait(false) is not { } body)
        {
            return await SendUntouchedAsync(request, cancellationToken).ConfigureAwait(false);
        }

        Transcript transcript = _transcripts.Get();
        RequestRestoration? restoration = Read(protocol, request, body, transcript);
        if (restoration is null)
        {
            _transcripts.Return(transcript);
            request.Content = new SplicedContent(original, body, []);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        await RestoreAsync(restoration, cancellationToken).ConfigureAwait(false);
        // A copy: the upstream may answer, and a repair begin, while the body is still being sent.
        var content = new SplicedContent(original, body, restoration.IsEdited ? [.. restoration.Insertions] : []);
        request.Content = content;
        ContentCoding.Restrict(request.Headers);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (await TryRepairAsync(restoration, response, cancellationToken).ConfigureAwait(false))
            {
                response.Dispose();
                request.Content = content.With([.. restoration.Insertions]);
                response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                // Not to send it a third time, but for the next request.
                await TryRepairAsync(restoration, response, cancellationToken).ConfigureAwait(false);
            }

            await CaptureAsync(response, restoration, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendUntouchedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Whoever still writes the rest of a long body must not wait for a send that will never come.
            request.Content!.Dispose();
            throw;
        }
    }

    /// <summary>What the request says; null when there is nothing in it to put a signature into, or it says not whose it is.</summary>
    private RequestRestoration? Read(IProtocol protocol, HttpRequestMessage request, BoundedBodyBuffer body, Transcript transcript)
    {
        string path = request.RequestUri!.AbsolutePath;
        try
        {
            protocol.Read(path, body.Written.Span, transcript);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The latter is the reader's answer to names that are no valid text. The message quotes the body.
            LogNotUnderstood(malformed is JsonException json ? $"line {json.LineNumber}, byte {json.BytePositionInLine}" : "a name that is no valid text");
            return null;
        }

        if (!transcript.TakesSignatures)
        {
            return null;
        }

        UpstreamPolicy policy = _policies.Of(protocol.ProviderOf(path), transcript.Model!);
        return _identifier.Identify(request, transcript, policy.IsAccountBound) is { } conversation
            ? new RequestRestoration(protocol, transcript, body.Written, policy, conversation)
            : null;
    }

    private static IProtocol? FindProtocol(HttpRequestMessage request)
    {
        if (request.Method != HttpMethod.Post || request.Content is null || request.RequestUri is not { IsAbsoluteUri: true } uri)
        {
            return null;
        }

        string path = uri.AbsolutePath;
        foreach (IProtocol protocol in Protocols)
        {
            if (protocol.Matches(path))
            {
                return protocol;
            }
        }

        return null;
    }

    /// <summary>Reads the body into memory; null when it is too long, in which case the request is as good as before.</summary>
    private async ValueTask<BoundedBodyBuffer?> BufferAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpContent content = request.Content!;
        long? length = content.Headers.GetLength();
        if (length > _maxRequestBytes)
        {
            return null;
        }

        var buffer = new BoundedBodyBuffer(_maxRequestBytes, length);
        // On a thread of its own when it may have to wait at the limit: a content that writes synchronously would wait for us.
        Task copying = length is null
            ? CopyElsewhereAsync(content, buffer, cancellationToken)
            : content.CopyToAsync(buffer, cancellationToken);
        if (length is null && await Task.WhenAny(copying, buffer.Overflow).ConfigureAwait(false) == buffer.Overflow)
        {
            request.Content = new OverflowingContent(content, buffer, copying);
            return null;
        }

        try
        {
            await copying.ConfigureAwait(false);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private static Task CopyElsewhereAsync(HttpContent content, BoundedBodyBuffer buffer, CancellationToken cancellationToken) =>
        Task.Run(() => content.CopyToAsync(buffer, cancellationToken), cancellationToken);

    private async ValueTask RestoreAsync(RequestRestoration restoration, CancellationToken cancellationToken)
    {
        if (!_restorer.Concerns(restoration))
        {
            return;
        }

        using var activity = RestorationActivities.Start(RestorationActivities.Restore, restoration.Protocol, restoration.Model);
        try
        {
            await _restorer.RestoreAsync(restoration, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The request would have gone through without the cache, so it does with what was found.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // A client that went away is no failure, and the sending that comes next says so itself.
            if (!cancellationToken.IsCancellationRequested)
            {
                LogFailure(failure);
            }
        }

        restoration.Order();
        activity?.SetTag(RestorationActivities.LackingTag, restoration.Lacking)
            .SetTag(RestorationActivities.RestoredTag, restoration.Restored.Count);
        LogRestored(restoration.Restored.Count, restoration.Lacking, restoration.Model);
    }

    private sealed class TranscriptPolicy(long seed) : PooledObjectPolicy<Transcript>
    {
        public override Transcript Create() => new(seed);

        public override bool Return(Transcript obj)
        {
            obj.Reset();
            return true;
        }
    }
}
