namespace FastSignatureCache.Emulator.Scripting;

/// <summary>What a protocol lets an answer have.</summary>
/// <param name="CallIds">The style of call ids it can live with.</param>
/// <param name="IdPrefix">How unique call ids begin.</param>
/// <param name="SignsCalls">Whether calls are signed.</param>
/// <param name="SignsText">Whether text answers are signed.</param>
internal sealed record AnswerStyle(CallIdStyle CallIds, string IdPrefix, bool SignsCalls, bool SignsText);
