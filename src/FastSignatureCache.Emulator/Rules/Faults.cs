namespace FastSignatureCache.Emulator.Rules;

/// <summary>The errors that injected faults answer.</summary>
internal static class Faults
{
    public static Refusal ToRefusal(int status) => status switch
    {
        429 => Fault(status, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."),
        503 => Fault(status, "UNAVAILABLE", "The model is overloaded. Please try again later."),
        >= 500 => Fault(status, "INTERNAL", "An internal error has occurred. Please retry later."),
        _ => Fault(status, "FAILED_PRECONDITION", "The request was refused on purpose."),
    };

    private static Refusal Fault(int status, string code, string message) => new(RefusalReason.Fault, status, code, message);
}
