using System.Globalization;

namespace FastSignatureCache.Emulator.Rules;

/// <summary>The providers' error texts, word for word where they are known.</summary>
internal static class ErrorTexts
{
    public const string NoContents = "* GenerateContentRequest.contents: contents is not specified";

    public const string CallTurnOrder =
        "Please ensure that function call turn comes immediately after a user turn or after a function response turn.";

    public const string ResponseTurnOrder =
        "Please ensure that function response turn comes immediately after a function call turn.";

    public const string ResponseCount =
        "Please ensure that the number of function response parts is equal to the number of function call parts of the "
        + "function call turn.";

    // What the provider says here is not known; the wording is the emulator's own.
    public const string SignatureNotFromModel =
        "Thought signatures are only allowed on the parts of a content with the role model.";

    public static string Missing(string name, int position, bool vertex) => vertex
        ? Text($"Unable to submit request because function call `{name}` in the {position}. content block is missing a `thought_signature`. Learn more: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/thought-signatures")
        : Text($"Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call `default_api:{name}` , position {position}. Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.");

    public static string Corrupted(bool vertex) => vertex
        ? "Unable to submit request because Thought signature is not valid.. Learn more: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/thought-signatures"
        : "Corrupted thought signature.";

    public static string NotBase64(int content, int part, string signature) =>
        Text($"Invalid value at 'contents[{content}].parts[{part}].thought_signature' (TYPE_BYTES), Base64 decoding failed for \"{signature}\"");

    public static string UnknownName(string name, int content, int part) =>
        Text($"Invalid JSON payload received. Unknown name \"{name}\" at 'contents[{content}].parts[{part}].function_call': Cannot find field.");

    public static string Malformed(bool isJson) =>
        $"Invalid JSON payload received. {(isJson ? "Proto field has another type." : "Unexpected token.")}";

    public static string UnknownModel(string model) =>
        $"models/{model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
