using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Protocols;
using FastSignatureCache.Http.Recovery;
using FastSignatureCache.Http.Restoration;
using FastSignatureCache.Http.Streaming;

namespace FastSignatureCache.Http;

// What becomes of an answer: one that refuses a signature is learnt from, one that carries signatures is captured.
public sealed partial class SignatureRestoringHandler
{
    private const int FirstError = 400;

    /// <summary>Edits the request anew if the answer refuses it because of a signature.</summary>
    /// <returns>Whether that can be helped by sending it once more.</returns>
    private async ValueTask<bool> TryRepairAsync(
        RequestRestoration restoration, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!_recovers || (int)response.StatusCode < FirstError)
        {
            return false;
        }

        if (await ErrorAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false) is not { } error
            || RejectionText.Classify(error) is not { } rejection)
        {
            return false;
        }

        bool isRepaired = false;
        try
        {
            isRepaired = _recovery.TryRepair(restoration, rejection);
        }
#pragma warning disable CA1031 // The client would have got this error without the cache, so it does.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailure(failure);
        }

        RecoveryMeter.Count(rejection.Reason, isRepaired);
        LogRejected(rejection.Reason, restoration.Model, isRepaired);
        restoration.Order();
        return isRepaired;
    }

    private async ValueTask CaptureAsync(
        HttpResponseMessage response, RequestRestoration restoration, CancellationToken cancellationToken)
    {
        Transcript transcript = restoration.Transcript;
        if (!response.IsSuccessStatusCode || FormatOf(response.Content) is not { } format
            || !ContentCoding.IsReadable(response.Content, out string? coding))
        {
            _transcripts.Return(transcript);
            return;
        }

        ResponseReader reader = restoration.Protocol.CreateResponseReader(transcript);
        HttpContent original = response.Content;
        var capture = new ResponseCapture(reader, format, coding, _maxResponseBytes);
        Stream upstream = await original.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        response.Content = new StreamContent(new CapturingStream(original, upstream, capture, End));
        original.Headers.CopyTo(response.Content.Headers);

        async ValueTask End(bool isComplete)
        {
            if (isComplete)
            {
                await KeepAsync(restoration, reader).ConfigureAwait(false);
            }
            else if (capture.Failure is { } failure)
            {
                LogNotCaptured(failure.GetType().Name, transcript.Model!);
            }

            _transcripts.Return(transcript);
        }
    }

    private async ValueTask KeepAsync(RequestRestoration restoration, ResponseReader reader)
    {
        using var activity = RestorationActivities.Start(RestorationActivities.Capture, restoration.Protocol, restoration.Model);
        try
        {
            int kept = reader.Commit(_cache, restoration.ConversationId, restoration.ModelId);
            activity?.SetTag(RestorationActivities.CapturedTag, kept);
            if (kept > 0)
            {
                LogKept(kept, restoration.Model);
                await _cache.CommitAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // The client has its answer; that nothing is kept of it must not take it away.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailure(failure);
        }
    }

    private static ResponseFormat? FormatOf(HttpContent content)
    {
        ReadOnlySpan<char> type = content.Headers.GetMediaType();
        return type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) ? ResponseFormat.EventStream
            : type.IsEmpty || type.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? ResponseFormat.Json
            : null;
    }
}
