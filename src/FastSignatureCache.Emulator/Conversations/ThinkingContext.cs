namespace FastSignatureCache.Emulator.Conversations;

/// <summary>What a request whose thinking is on says about it.</summary>
/// <param name="System">The system prompt, exactly, but for what clients move about.</param>
/// <param name="Tools">The tools, likewise.</param>
/// <param name="Mark">The test's own mark of the conversation; empty for none.</param>
/// <param name="SendsBindingBeta">Whether it sends the beta header of the settings about bound blocks.</param>
internal sealed record ThinkingContext(string System, string Tools, string Mark, bool SendsBindingBeta);
