namespace FastSignatureCache.Emulator.Rules;

/// <summary>What a model's name says about its rules.</summary>
internal static class ModelFamily
{
    public static readonly string[] Listed =
        ["gemini-3-pro-preview", "gemini-3-flash-preview", "gemini-2.5-pro", "gemini-2.5-flash"];

    public static bool IsKnown(string model) => RequiresSignatures(model) || SignsFirstPart(model);

    public static bool RequiresSignatures(string model) => model.StartsWith("gemini-3", StringComparison.Ordinal);

    /// <summary>Gemini 2.5 signs the first part of any kind and gets along without its signature.</summary>
    public static bool SignsFirstPart(string model) => model.StartsWith("gemini-2.5", StringComparison.Ordinal);
}
