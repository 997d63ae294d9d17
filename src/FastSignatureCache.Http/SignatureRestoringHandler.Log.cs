using FastSignatureCache.Http.Recovery;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.Http;

public sealed partial class SignatureRestoringHandler
{
    [LoggerMessage(1, LogLevel.Debug, "Restored {Restored} of {Missing} signatures that a request for {Model} lacks.")]
    private partial void LogRestored(int restored, int missing, string model);

    [LoggerMessage(2, LogLevel.Debug, "Kept {Count} signatures of an answer by {Model}.")]
    private partial void LogKept(int count, string model);

    [LoggerMessage(3, LogLevel.Debug, "A request passes through untouched, since its body is not understood: {Place}")]
    private partial void LogNotUnderstood(string place);

    [LoggerMessage(4, LogLevel.Debug, "An answer by {Model} ended early or was not understood ({Reason}); nothing of it is kept.")]
    private partial void LogNotCaptured(string reason, string model);

    [LoggerMessage(5, LogLevel.Warning, "The signature cache failed. The request goes on without it.")]
    private partial void LogFailure(Exception failure);

    [LoggerMessage(6, LogLevel.Information, "The upstream refused a request for {Model} because of a signature: {Reason}. Can be repaired: {IsRepaired}.")]
    private partial void LogRejected(RejectionReason reason, string model, bool isRepaired);
}
