namespace FastSignatureCache.Emulator;

/// <summary>The request headers that an emulator understands beyond the protocols it speaks.</summary>
public static class EmulatorHeaders
{
    /// <summary>
    /// <c>X-Emulator-Conversation</c>: any value that tells apart conversations which look the same, as a provider can and a
    /// proxy cannot. Signatures are bound to it, besides the system instruction and the first user content.
    /// </summary>
    public const string Conversation = "X-Emulator-Conversation";

    /// <summary><c>X-Emulator-Fault</c>: one fault for this request, in the form that <see cref="EmulatorFault.Parse"/> reads.</summary>
    public const string Fault = "X-Emulator-Fault";

    /// <summary>
    /// <c>X-Emulator-Error-Wrapping</c>: the name of the <see cref="Emulator.ErrorWrapping"/> for this request, in any case.
    /// </summary>
    public const string ErrorWrapping = "X-Emulator-Error-Wrapping";
}
