namespace FastSignatureCache.Emulator.Rules;

/// <summary>Ends a request with one of the provider's errors.</summary>
internal sealed class Refusal(RefusalReason reason, int status, string code, string message) : Exception(message)
{
    public RefusalReason Reason { get; } = reason;

    public int Status { get; } = status;

    /// <summary>The name of the status in Google's errors.</summary>
    public string Code { get; } = code;

    public static Refusal Invalid(string message, RefusalReason reason = RefusalReason.Other) =>
        new(reason, 400, "INVALID_ARGUMENT", message);

    public static Refusal NotFound(string message) => new(RefusalReason.Other, 404, "NOT_FOUND", message);
}
